const {Bot}=require("grammy");
const bot=new Bot("7000000003:AAFakeFakeFakeFakeFakeFakeFakeFakeFak",{client:{apiRoot:"http://127.0.0.1:8181"}});
bot.on("message:text", async ctx=>{ console.log(`update ${ctx.update.update_id} from ${ctx.from.id}`); if(ctx.msg.text==="boom") throw new Error("no such product"); await ctx.reply("ok"); console.log(`replied to ${ctx.from.id} in 812 ms`);});
bot.start();
