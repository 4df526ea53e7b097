'use strict';
// The floor of a cold start in Node: what is started and answers a constant.
exports.handler = async () => ({ answer: 'constant' });
