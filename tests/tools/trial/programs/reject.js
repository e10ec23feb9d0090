console.log("[Webhook] Signature verified");
async function send() { throw new Error("Telegram 502 Bad Gateway"); }
setTimeout(() => { send(); }, 10);
