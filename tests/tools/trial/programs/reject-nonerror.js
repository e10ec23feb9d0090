setTimeout(() => { Promise.reject("timeout of 30000ms exceeded"); }, 10);
