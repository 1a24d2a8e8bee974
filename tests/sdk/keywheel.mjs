// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the real program, and upstreams of a few lines, for the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';

const binary = process.env.KEYWHEEL;
if (!binary) throw new Error('KEYWHEEL must name the keywheel binary; see run.sh');

/** Resolves with the match of `pattern` in what the program prints; rejects when it ends first. */
function printed(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (bytes) => {
      text += bytes;
      const match = pattern.exec(text);
      if (match) resolve(match);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`keywheel ended with ${code}: ${text}`)));
  });
}

/** Runs keywheel on a free port, with these arguments and settings, in a folder of its own. */
export async function startKeywheel({ args = ['--headless'], settings = {}, keys = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-sdk-'));
  await writeFile(join(folder, 'keys.txt'), keys.join('\n') + '\n', { mode: 0o600 });
  const child = spawn(binary, [...args, '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', KEY_STORE: 'file',
      UPSTREAM_PROXY: 'none', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [, url] = await printed(child, /Keywheel listens on (http:\/\/\S+)/);
  return {
    url,
    /** The official client, told to hide nothing: it does not retry by itself. */
    client: (options = {}) =>
      new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-test-of-the-client', maxRetries: 0, ...options }),
    get: async (path) => (await fetch(url + path)).json(),
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true });
    },
  };
}

/** An HTTP server on loopback that answers with `handler(request, response, key)`. */
export async function startUpstream(handler) {
  const server = createServer((request, response) => {
    const key = (request.headers.authorization ?? '').replace('Bearer ', '');
    request.resume();
    request.on('end', () => handler(request, response, key));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sendJson(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
