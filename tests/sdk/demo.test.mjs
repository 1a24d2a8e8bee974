// SPDX-License-Identifier: GPL-3.0-or-later
// The SDK's usual calls, answered by the demo. Its five keys include two bad ones and one that is
// limited now and then: the client must see none of that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toFile } from 'openai';
import { startKeywheel } from './keywheel.mjs';

const model = 'keywheel-demo';
const messages = [{ role: 'user', content: 'Hello, wheel' }];
let keywheel;
let client;

before(async () => {
  keywheel = await startKeywheel({ args: ['--demo'] });
  client = keywheel.client();
});
after(() => keywheel.stop());

test('models are listed', async () => {
  const names = [];
  for await (const entry of client.models.list()) names.push(entry.id);
  assert.ok(names.includes(model));
  assert.equal((await client.models.retrieve(model)).id, model);
});

test('a chat completion', async () => {
  const completion = await client.chat.completions.create({ model, messages });
  assert.match(completion.choices[0].message.content, /Hello, wheel/);
  assert.equal(completion.choices[0].finish_reason, 'stop');
  const { prompt_tokens, completion_tokens, total_tokens } = completion.usage;
  assert.equal(prompt_tokens + completion_tokens, total_tokens);
});

test('a streamed chat completion comes piece by piece', async () => {
  const stream = await client.chat.completions.create({
    model, messages, stream: true, stream_options: { include_usage: true },
  });
  let text = '';
  let usage;
  const times = [];
  for await (const chunk of stream) {
    times.push(performance.now());
    text += chunk.choices[0]?.delta.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.match(text, /Hello, wheel$/);
  assert.ok(usage.completion_tokens > 10);
  // 30 ms a token at the source: had it been held back, the pieces would come all at once.
  assert.ok(times.at(-1) - times[0] > 300, `${times.at(-1) - times[0]} ms`);
});

test('the streaming helper sees the same', async () => {
  const stream = client.chat.completions.stream({ model, messages });
  assert.match(await stream.finalContent(), /Hello, wheel$/);
});

test('embeddings, in both encodings', async () => {
  const input = ['one', 'two', 'one'];
  const packed = await client.embeddings.create({ model, input, dimensions: 32 });
  const plain = await client.embeddings.create({
    model, input, dimensions: 32, encoding_format: 'float',
  });
  assert.equal(packed.data.length, 3);
  for (const [index, { embedding }] of packed.data.entries()) {
    assert.equal(embedding.length, 32);
    for (const [at, value] of embedding.entries())
      assert.ok(Math.abs(value - plain.data[index].embedding[at]) < 1e-6);
  }
  assert.deepEqual(packed.data[0].embedding, packed.data[2].embedding);
  assert.notDeepEqual(packed.data[0].embedding, packed.data[1].embedding);
});

test('a file is uploaded byte by byte', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) & 0xff));
  const file = await client.files.create({
    file: await toFile(bytes, 'every byte.bin'), purpose: 'assistants',
  });
  assert.equal(file.bytes, bytes.length);
  assert.equal(file.filename, 'every byte.bin');
  assert.equal(file.purpose, 'assistants');
});

test('bad keys are set aside, unseen', async () => {
  for (let i = 0; i < 20; ++i) await client.models.list();
  const { blacklistedKeys } = await keywheel.get('/blacklist');
  const kinds = blacklistedKeys.map((row) => row.kind);
  assert.ok(kinds.includes('permanent'));
  assert.ok(kinds.includes('quota'));
});

test('an unknown model is a NotFoundError', async () => {
  await assert.rejects(client.models.retrieve('no-such-model'), {
    constructor: (await import('openai')).NotFoundError,
    status: 404,
    code: 'model_not_found',
  });
});
