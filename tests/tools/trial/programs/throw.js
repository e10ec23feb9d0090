console.log("[Webhook] Signature verified");
setTimeout(() => { const user = undefined; user.name; }, 10);
