// SPDX-License-Identifier: GPL-3.0-or-later
// What the SDK sees, and does not see, when things go wrong.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import OpenAI from 'openai';
import { sendJson, startKeywheel, startUpstream } from './keywheel.mjs';

const keys = ['sk-test-sdk-first-0001', 'sk-test-sdk-second-0002'];
const model = 'any';
const messages = [{ role: 'user', content: 'Hi' }];
const list = { object: 'list', data: [] };

/** Keywheel in front of an upstream that answers with `handler`; both end with the test. */
async function setUp(context, handler, settings = {}, clientOptions = {}) {
  const upstream = await startUpstream(handler);
  context.after(() => upstream.stop());
  const keywheel = await startKeywheel({
    keys, settings: { OPENAI_BASE_URL: upstream.url, KEYS_FILE: 'keys.txt', ...settings },
  });
  context.after(() => keywheel.stop());
  return { keywheel, client: keywheel.client(clientOptions) };
}

function rateLimit(response) {
  const error = { message: 'Slow down', type: 'requests', code: 'rate_limit_exceeded', param: null };
  sendJson(response, 429, { error }, { 'Retry-After': '60' });
}

test('a 429 is retried with the next key, unseen', async (context) => {
  const used = [];
  const { client, keywheel } = await setUp(context, (request, response, key) => {
    used.push(key);
    if (key === keys[0]) rateLimit(response);
    else sendJson(response, 200, list);
  });
  const { data } = await client.models.list();
  assert.deepEqual(data, []);
  assert.deepEqual(used, keys);
  const { blacklistedKeys } = await keywheel.get('/blacklist');
  assert.equal(blacklistedKeys[0].kind, 'temporary');
});

test('a stream abandoned half-way ends the upstream request', async (context) => {
  let closed;
  const { client, keywheel } = await setUp(context, (request, response) => {
    closed = once(response, 'close');
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const event = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'x' } }] };
    const timer = setInterval(() => response.write(`data: ${JSON.stringify(event)}\n\n`), 10);
    response.on('close', () => clearInterval(timer));
  });
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  let seen = 0;
  for await (const chunk of stream) {
    assert.equal(chunk.choices[0].delta.content, 'x');
    if (++seen === 3) break;
  }
  const left = performance.now();
  await closed;
  assert.ok(performance.now() - left < 1000);
  const { totalBlacklisted } = await keywheel.get('/blacklist');
  assert.equal(totalBlacklisted, 0);
});

test('errors surface as the SDK\'s classes', async (context) => {
  const statuses = [
    [400, OpenAI.BadRequestError], [404, OpenAI.NotFoundError], [409, OpenAI.ConflictError],
    [422, OpenAI.UnprocessableEntityError], [500, OpenAI.InternalServerError],
  ];
  let status;
  const { client } = await setUp(context, (request, response) =>
    sendJson(response, status, {
      error: { message: 'From the upstream', type: 'some_type', code: 'some_code', param: 'model' },
    }, { 'x-request-id': 'req_upstream' }));
  for (const [next, constructor] of statuses) {
    status = next;
    await assert.rejects(client.models.list(), (error) => {
      assert.ok(error instanceof constructor);
      assert.ok(error instanceof OpenAI.APIError);
      assert.equal(error.status, next);
      assert.equal(error.code, 'some_code');
      assert.equal(error.param, 'model');
      assert.equal(error.requestID, 'req_upstream');
      assert.match(error.message, /From the upstream/);
      return true;
    });
  }
});

test('errors of Keywheel\'s own surface in the same way', async (context) => {
  const { client, keywheel } = await setUp(
    context, (request, response) => sendJson(response, 200, list), { AUTH_KEY: 'local-secret' });
  await assert.rejects(client.models.list(), (error) => {
    assert.ok(error instanceof OpenAI.AuthenticationError);
    assert.equal(error.code, 'invalid_authorization');
    assert.ok(error.requestID);
    return true;
  });
  assert.deepEqual((await keywheel.client({ apiKey: 'local-secret' }).models.list()).data, []);
});

test('with every key limited the SDK sees the rate limit', async (context) => {
  const { client } = await setUp(context, (request, response) => rateLimit(response));
  await assert.rejects(client.models.list(), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError);
    assert.equal(error.headers.get('retry-after'), '60');
    return true;
  });
});

test('a stream that the upstream breaks off is an error, not an end', async (context) => {
  const { client } = await setUp(context, (request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: {"choices":[]}\n\n', () => setTimeout(() => response.destroy(), 50));
  });
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  await assert.rejects(async () => {
    for await (const chunk of stream) assert.deepEqual(chunk.choices, []);
  });
});
