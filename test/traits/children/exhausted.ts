/** A process that has reached its limit of open files. leaks.test.ts runs this program. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import {
  AF_INET6,
  createServer,
  fromfd,
  hasIpv6,
  Socket,
  SocketError,
  socketpair,
  TimeoutError,
} from 'berkeley';
import { countDescriptors, warmUp } from '../../support/descriptors.js';
import { failsWith, failureOf } from '../../support/failure.js';

await warmUp();
const warnings: Error[] = [];
process.on('warning', warning => warnings.push(warning));

const server = new Socket();
server.bind({ host: '127.0.0.1', port: 0 });
server.listen();
const client = new Socket();
await client.connect(server.getsockname());
countDescriptors(); // loads the modules that it needs
const canDual = hasIpv6(); // opens a socket

execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile=100:100']);
const files: number[] = [];
try {
  for (;;) files.push(openSync('/dev/null', 'r'));
} catch {
  // From here on no descriptor is free.
}

await failsWith(() => new Socket(), SocketError, 'EMFILE', 'socket');
await failsWith(() => socketpair(), SocketError, 'EMFILE', 'socketpair');
await failsWith(() => client.dup(), SocketError, 'EMFILE', 'dup');
await failsWith(() => fromfd(client.fd), SocketError, 'EMFILE', 'dup');
await failsWith(() => server.accept(), SocketError, 'EMFILE', 'accept');
await failsWith(() => server.acceptSync(), SocketError, 'EMFILE', 'accept');
if (canDual) {
  const dual = () => createServer({ port: 0 }, { family: AF_INET6, dualStack: true });
  await failsWith(dual, SocketError, 'EMFILE', 'socket');
}

// An abort and a deadline end the loop during its pause.
const controller = new AbortController();
const reason = new Error('aborted');
const aborted = failureOf(() => server.connections({ signal: controller.signal }).next());
setTimeout(() => controller.abort(reason), 30);
assert.equal(await aborted, reason);
const late = await failureOf(() => server.connections({ timeout: 30 }).next());
assert.ok(late instanceof TimeoutError && late.timeout === 30, `${late}`);
warnings.length = 0; // of these two loops

// The iterator warns once and waits until a descriptor is free. The client is still in the queue.
setTimeout(() => {
  for (const file of files) closeSync(file);
}, 150);
for await (const { address } of server.connections()) {
  assert.deepEqual(address, client.getsockname());
  break;
}
assert.equal(warnings.length, 1);
assert.match(warnings[0]!.message, /^accept EMFILE/);
process.exit();
