'use strict';
// The loop of a runtime over Lambda's Runtime API, version 2018-06-01, as
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html describes it. AWS's own client for
// Node, aws-lambda-ric, compiles native code when it is installed, which `npm ci --ignore-scripts` leaves out.
// usage: node runtime.cjs HANDLER.cjs
const http = require('node:http');
const path = require('node:path');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true });

function ask(method, operation, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, agent, method, path: `/2018-06-01/runtime/${operation}`, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function report(error) {
  return JSON.stringify({ errorMessage: error.message, errorType: error.name });
}

async function serve() {
  let handler;
  try {
    ({ handler } = require(path.resolve(process.argv[2])));
  } catch (error) {
    await ask('POST', 'init/error', report(error));
    throw error;
  }
  for (;;) {
    const { headers, body } = await ask('GET', 'invocation/next');
    const call = `invocation/${headers['lambda-runtime-aws-request-id']}`;
    let answer;
    try {
      answer = [`${call}/response`, JSON.stringify(await handler(JSON.parse(body)))];
    } catch (error) {
      answer = [`${call}/error`, report(error)];
    }
    await ask('POST', ...answer);
  }
}

// Whoever started this holds its standard input, and takes it along at the end.
process.stdin.on('end', () => process.exit(0)).resume();
serve().catch((error) => {
  console.error(error);
  process.exit(1);
});
