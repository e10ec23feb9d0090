setTimeout(() => { throw "cannot reach the model"; }, 10);
