/** A process that has reached its limit of open files. leaks.test.ts runs this program. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fromfd, Socket, SocketError, socketpair } from 'berkeley';
import { countDescriptors, warmUp } from '../../support/descriptors.js';
import { failsWith } from '../../support/failure.js';

await warmUp();
const warnings: Error[] = [];
process.on('warning', warning => warnings.push(warning));

const server = new Socket();
server.bind({ host: '127.0.0.1', port: 0 });
server.listen();
const client = new Socket();
await client.connect(server.getsockname());
countDescriptors(); // loads the modules that it needs

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
