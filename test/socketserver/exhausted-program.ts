/** A server in a process that has no free descriptors. attack.test.ts runs it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createConnection } from 'berkeley';
import { TCPServer } from 'berkeley/socketserver';

const warnings: Error[] = [];
process.on('warning', warning => warnings.push(warning));

const server = new TCPServer({ host: '127.0.0.1', port: 0 }, async connection =>
  connection.sendAll('served'),
);
const { host, port } = server.serverAddress;
const clients = [await createConnection({ host, port }), await createConnection({ host, port })];

execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile=100:100']);
const files: number[] = [];
try {
  for (;;) files.push(openSync('/dev/null', 'r'));
} catch {
  // From here on no descriptor is free.
}

// A limit and an abort end the wait.
await assert.rejects(server.getRequest({ timeout: 20 }), { name: 'TimeoutError', timeout: 20 });
await assert.rejects(server.getRequest({ timeout: 0 }), { code: 'EMFILE' });
await assert.rejects(server.getRequest({ signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });

const loop = server.serveForever();
await new Promise(resolve => setTimeout(resolve, 150)); // more than one attempt
assert.equal(server.activeRequests, 0);
assert.deepEqual(
  warnings.map(({ message }) => message),
  ['accept EMFILE: clients wait until resources are free'],
);
for (const file of files) closeSync(file);
for (const client of clients) assert.equal(String(await client.recv(100)), 'served');
await server.shutdown();
await loop;
console.log('recovered');
process.exit();
