/**
 * createServer and createConnection with every kind of address, and paths that a killed server left behind.
 */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AF_INET6, AF_UNIX, createConnection, createConnectionSync, createServer, Socket } from 'berkeley';
import { inWine, notOnWindows } from '../support/kernel.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-servers-'));
after(() => rmSync(folder, { recursive: true }));
let count = 0;
const freshPath = () => join(folder, `${count++}.sock`);

test('a server needs only a port, and its own address identifies it', async () => {
  const server = createServer({ port: 0 });
  assert.equal(server.getsockname().host, '0.0.0.0');
  const { port } = server.getsockname();
  const client = await createConnection({ port });
  const { socket, address } = await server.accept();
  assert.equal(address.port, (client.getsockname() as { port: number }).port);
  for (const each of [socket, client, server]) each.close();
  const again = createServer({ host: '127.0.0.1', port: 0 });
  const address2 = again.getsockname();
  again.close();
  const third = createServer(address2);
  assert.deepEqual(third.getsockname(), address2);
  third.close();
});

test('a numeric IPv6 host creates an IPv6 server', async () => {
  const server = createServer({ host: '::1', port: 0 });
  assert.equal(server.family, AF_INET6);
  const client = await createConnection(server.getsockname());
  assert.deepEqual((await server.accept()).address, client.getsockname());
  client.close();
  const other = createServer(server.getsockname().host === '::1' ? { host: '::1', port: 0 } : { port: 0 });
  other.close();
  server.close();
});

const withoutPaths = inWine && 'Wine has no sockets of AF_UNIX: run the tests on Windows';

test('createConnection accepts a path as an address, in both forms', { skip: withoutPaths }, async () => {
  const path = freshPath();
  const server = createServer({ path });
  const first = await createConnection({ path });
  const second = createConnectionSync({ path }, { timeout: 1000 });
  assert.equal(first.family, AF_UNIX);
  assert.equal(second.timeout, 1000);
  await assert.rejects(createConnection({ path: freshPath() }), { code: 'ENOENT' });
  for (const each of [first, second, server]) each.close();
});

test('the mode of a path is set before clients can connect', {
  skip: notOnWindows('modes of files'),
}, () => {
  const path = freshPath();
  const server = createServer({ path }, { mode: 0o600 });
  assert.equal(statSync(path).mode & 0o777, 0o600);
  server.close();
});

test("unlink: 'stale' replaces only a path without a server", { skip: withoutPaths }, () => {
  const path = freshPath();
  createServer({ path }).close(); // as a killed server leaves it
  assert.throws(() => createServer({ path }), { code: 'EADDRINUSE', hint: /stale/ });
  const server = createServer({ path }, { unlink: 'stale' });
  assert.throws(() => createServer({ path }, { unlink: 'stale' }), { code: 'EADDRINUSE' });
  const client = new Socket(AF_UNIX);
  client.connectSync({ path });
  client.close();
  server.close();
  const file = freshPath();
  writeFileSync(file, 'a file is not ours to remove');
  chmodSync(file, 0o600);
  assert.throws(() => createServer({ path: file }, { unlink: 'stale' }), { code: 'EADDRINUSE' });
  assert.equal(statSync(file).size, 28);
});

test('an error names the invalid option', () => {
  const path = freshPath();
  const refused = (call: () => unknown, pattern: RegExp) =>
    assert.throws(
      call,
      (error: Error) => pattern.test(error.message) && /^ERR_/.test((error as { code?: string }).code ?? ''),
    );
  refused(() => createServer({ path }, { mode: 0o10000 }), /options\.mode/);
  refused(() => createServer({ path }, { unlink: 'always' as never }), /options\.unlink/);
  refused(() => createServer({ port: 0 }, { unlink: 'stale' } as never), /unlink/);
  refused(() => createServer({ port: 0 }, { dualStack: true }), /options\.dualStack/);
  refused(() => createServer(null as never), /address/);
});
