'use strict';

// hot-shots sends metrics over unix-dgram to a receiver in Python, which is stopped and started again.
const assert = require('node:assert');
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const StatsD = require('hot-shots');

const folder = mkdtempSync(join(tmpdir(), 'berkeley-statsd-'));
const path = join(folder, 'statsd.sock');
process.on('exit', () => rmSync(folder, { recursive: true }));

const RECEIVER = `
import os, socket, sys
path = sys.argv[1]
if os.path.exists(path): os.unlink(path)
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(path)
print('ready', flush=True)
while True: print(receiver.recv(65536).decode().strip(), flush=True)
`;

async function receiver() {
  const child = spawn('python3', ['-c', RECEIVER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  assert.equal(await next(), 'ready');
  return { child, next };
}

const send = (client, method, ...given) =>
  new Promise(resolve => client[method](...given, error => resolve(error)));

(async () => {
  const first = await receiver();
  const options = { protocol: 'uds', path, maxBufferSize: 0, udsGracefulErrorHandling: true };
  const client = new StatsD({ ...options, udsGracefulRestartRateLimit: 0, errorHandler: () => {} });
  client.increment('page.views');
  assert.equal(await first.next(), 'page.views:1|c');
  client.timing('response', 42, ['route:home']);
  assert.equal(await first.next(), 'response:42|ms|#route:home');
  // More than the receiver’s queue takes at once: hot-shots waits for space and tries again.
  const gauges = Array.from({ length: 40 }, (_, i) => send(client, 'gauge', 'many', i, 1, []));
  for (let i = 0; i < 40; i++) assert.match(await first.next(), /^many:\d+\|g$/);
  assert.ok((await Promise.all(gauges)).every(error => !error));

  first.child.kill();
  await once(first.child, 'exit');
  const second = await receiver();
  while (await send(client, 'increment', 'again')) await new Promise(resolve => setTimeout(resolve, 20));
  assert.equal(await second.next(), 'again:1|c');
  second.child.kill();
  client.close();
})().catch(error => {
  console.error(error);
  process.exit(1);
});
