const {Telegraf}=require("telegraf");
const bot=new Telegraf("7000000004:AAFakeFakeFakeFakeFakeFakeFakeFakeFak",{telegram:{apiRoot:"http://127.0.0.1:8181"}});
bot.on("text", async ctx=>{ console.log(`update ${ctx.update.update_id} from ${ctx.from.id}`); if(ctx.message.text==="boom") throw new Error("no such product"); await ctx.reply("ok"); console.log(`replied to ${ctx.from.id} in 812 ms`);});
bot.launch();
