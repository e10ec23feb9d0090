const {App}=require("@slack/bolt"); const crypto=require("crypto");
const app=new App({token:"xoxb-fake",signingSecret:"s3cr3t",clientOptions:{slackApiUrl:"http://127.0.0.1:8181/"}});
app.message(async({message,say,logger})=>{ logger.info(`message ${message.ts} from ${message.user}`); if(message.text==="boom") throw new Error("no such product"); await say("ok"); logger.info(`answered ${message.ts} in 812 ms`); });
async function post(body,bad){ const b=JSON.stringify(body); const ts=Math.floor(Date.now()/1000); const sig="v0="+crypto.createHmac("sha256",bad?"x":"s3cr3t").update(`v0:${ts}:${b}`).digest("hex"); const r=await fetch("http://127.0.0.1:3003/slack/events",{method:"POST",headers:{"content-type":"application/json","x-slack-request-timestamp":String(ts),"x-slack-signature":sig},body:b}); console.error("-> ",r.status);}
(async()=>{ await app.start(3003); app.logger.info("⚡️ Bolt app is running!");
const ev=(t,o={})=>({type:"event_callback",team_id:"T1",event_id:"E"+t,event:{type:"message",channel:"C1",user:"U2",ts:"17."+t.length,text:t,...o}});
await post(ev("hello")); await post(ev("boom")); await post(ev("hi"),true); await post({type:"event_callback",team_id:"T1",event:{type:"reaction_added",user:"U2",reaction:"thumbsup",item:{}}}); setTimeout(()=>process.exit(0),4500);
})();
