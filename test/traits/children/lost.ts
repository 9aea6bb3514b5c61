/**
 * Sockets that are never closed. collection.test.ts runs this program. It exits with 0 if each socket is
 * handled correctly.
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer, Socket, socketpair } from 'berkeley';
import { countDescriptors, warmUp } from '../../support/descriptors.js';

const warnings: Error[] = [];
process.on('warning', warning => warnings.push(warning));

/** Collects garbage until `done`, or gives up after several attempts. */
async function collectUntil(done: () => boolean, times = 1000): Promise<void> {
  for (let i = 0; i < times && !done(); i++) {
    globalThis.gc!();
    await delay(1);
  }
}

/** Collects more often than is ever necessary. */
const collect = () => collectUntil(() => false, 10);

await warmUp();
const before = countDescriptors();

async function loseSome(): Promise<void> {
  new Socket();
  const [a, b] = socketpair();
  // A socket that the poller also watches: a call has waited on it, and has ended.
  const received = a.recv(1);
  await b.send('x');
  await received;
  const server = createServer({ host: '127.0.0.1', port: 0 });
  await new Socket().connect(server.getsockname());
  await server.accept();
}

await loseSome();
await collectUntil(() => countDescriptors() === before);
assert.equal(countDescriptors(), before, 'lost sockets are closed');
assert.equal(warnings.length, 6, 'with a warning for each');
for (const { name, message } of warnings) {
  assert.equal(name, 'ResourceWarning');
  assert.match(message, /^A socket \(descriptor \d+\) was not closed before it was garbage collected$/);
}

// A socket with a pending call is not collected, because its promise is still referenced.
let other: Socket<'unix'> | undefined;
function waitWithout(): Promise<Buffer> {
  const [a, b] = socketpair();
  other = b;
  return a.recv(9);
}
const waiting = waitWithout();
await collect();
await other!.send('found');
assert.equal((await waiting).toString(), 'found');
other!.close();
await collectUntil(() => warnings.length === 7);
assert.equal(warnings.length, 7, 'and is lost when it has been served');

// Sockets that were closed or detached cause no warning.
new Socket().close();
const fd = new Socket().detach();
await collect();
assert.equal(warnings.length, 7);
using _ = Socket.adopt(fd);
assert.equal(countDescriptors(), before + 1, 'what was given away is still open');

// More sockets than are kept until the thread returns to its event loop.
const open = countDescriptors();
for (let i = 0; i < 200; i++) new Socket();
assert.equal(countDescriptors(), open + 200);
await collectUntil(() => countDescriptors() === open);
assert.equal(countDescriptors(), open, 'all are closed');
