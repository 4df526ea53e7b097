'use strict';
// A Lambda authorizer in Node as its libraries' manuals write one: the verifier and the client are made once,
// outside the handler (https://github.com/awslabs/aws-jwt-verify#api-gateway-lambda-authorizer---rest), and
// commands are sent by a client that has only what is used
// (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/welcome.html). It makes the table reads of
// our first decision in the same rounds, and then decides by hand: the template of the route by equality, no
// conditions, no validity, no patterns. That is less than ours does.
const http = require('node:http');
const { DynamoDBClient, GetItemCommand, QueryCommand } = require('@aws-sdk/client-dynamodb');
const { JwtVerifier } = require('aws-jwt-verify');
const { SimpleJwksCache } = require('aws-jwt-verify/jwk');

const TABLE = process.env.GRANTWAY_TABLE;
const dynamo = new DynamoDBClient({});

// The fetcher that the library brings speaks https alone, and the sandbox's issuer is on http and loopback;
// https://github.com/awslabs/aws-jwt-verify#using-a-different-fetcher-with-simplejwkscache
const fetcher = {
  fetch: (uri) =>
    new Promise((resolve, reject) => {
      const request = http.get(uri, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const all = Buffer.concat(chunks);
          response.statusCode === 200
            ? resolve(all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength))
            : reject(new Error(`status ${response.statusCode}`));
        });
      });
      request.on('error', reject);
    }),
};

const verifier = JwtVerifier.create(
  {
    issuer: process.env.PEER_ISSUER,
    audience: process.env.PEER_AUDIENCE,
    jwksUri: process.env.PEER_JWKS_URI,
  },
  { jwksCache: new SimpleJwksCache({ fetcher }) },
);

// CRC-32C (RFC 3720 appendix B.4), which names the shard that a subject's assignments are in.
const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function shard(text, shards) {
  let value = 0xffffffff;
  for (const byte of Buffer.from(text, 'utf8')) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (~value >>> 0) % shards;
}

async function head() {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: TABLE, Key: { pk: { S: 'HEAD' }, sk: { S: 'HEAD' } }, ConsistentRead: true }),
  );
  return Number(Item.rev.N);
}

async function bundle(partition, prefix, revision) {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :p AND sk BETWEEN :a AND :b',
      ExpressionAttributeValues: {
        ':p': { S: partition },
        ':a': { S: prefix + String(9999999999 - revision).padStart(10, '0') },
        ':b': { S: `${prefix}~` },
      },
      ConsistentRead: true,
      Limit: 1,
    }),
  );
  return Items.length === 0 ? undefined : JSON.parse(Items[0].body.S);
}

function slices(roles, api, revision) {
  return roles.map((role) => bundle(`ROLE#${role}`, `A#${api}#`, revision));
}

function decide(permissions, { stage, httpMethod, resourcePath }) {
  const applicable = permissions.filter(
    ({ stage: scope, methods, resource }) =>
      (scope === '*' || scope === stage) &&
      (methods.includes('*') || methods.includes(httpMethod)) &&
      resource === resourcePath,
  );
  return applicable.length > 0 && applicable.every(({ effect }) => effect === 'ALLOW');
}

exports.handler = async (event) => {
  let claims;
  try {
    claims = await verifier.verify(event.headers.Authorization.replace(/^Bearer /, ''));
  } catch {
    throw new Error('Unauthorized');
  }
  const revision = await head();
  const api = event.requestContext.apiId;
  const alias = process.env.PEER_ALIAS;
  const own = ['authenticated', ...claims.roles];
  const [, , , ...held] = await Promise.all([
    bundle(`API#${api}`, '', revision),
    bundle(`ASG#${alias}#${shard(claims.sub, 256).toString(16).padStart(2, '0')}`, '', revision),
    bundle(`ASG#${alias}#clients`, '', revision),
    ...slices(own, api, revision),
  ]);
  const found = held.filter((slice) => slice !== undefined);
  const inherited = new Set(found.flatMap(({ closure }) => closure).filter((role) => !own.includes(role)));
  found.push(...(await Promise.all(slices([...inherited], api, revision))).filter((slice) => slice !== undefined));
  const allowed = decide(found.flatMap(({ permissions }) => permissions), event.requestContext);
  return {
    principalId: claims.sub,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Action: 'execute-api:Invoke', Effect: allowed ? 'Allow' : 'Deny', Resource: event.methodArn },
      ],
    },
    context: { revision: String(revision), roles: claims.roles.join(' ') },
  };
};
