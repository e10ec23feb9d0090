await new Promise(r=>setTimeout(r,5)); throw new TypeError("fetch failed", {cause: Object.assign(new Error("connect ECONNREFUSED"), {code:"ECONNREFUSED"})});
