/** A second process takes over a socket with share() and fromshare(). */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, createServer, fromshare, SOCK_DGRAM, Socket, socketpair, UnsupportedError } from 'berkeley';
import { freshPath } from '../support/names.js';
import { type Running, startProgram } from '../support/output.js';
import { waitFor } from '../support/running.js';

const elsewhere = process.platform !== 'win32' && 'Windows alone has it: npm run test:wine';

test('share is not supported on other platforms', { skip: !elsewhere && 'this is Windows' }, () => {
  using socket = new Socket();
  const expected = {
    name: 'UnsupportedError',
    message: `share is only available on Windows; this platform is ${process.platform}`,
  };
  assert.throws(() => socket.share(1), expected);
  assert.throws(() => fromshare(new Uint8Array(628)), UnsupportedError);
});

test('a socket that is shared with this process becomes another socket of the same connection', {
  skip: elsewhere,
}, async () => {
  const [a, b] = socketpair(AF_INET);
  const shared = a.share(process.pid);
  assert.equal(shared.length, 628);
  using same = fromshare<'inet'>(shared);
  assert.notEqual(same.fd, a.fd);
  assert.deepEqual([same.family, same.type], [a.family, a.type]);
  assert.equal(same.timeout, null, 'the specification: it is taken to be in blocking mode');
  assert.deepEqual(same.getsockname(), a.getsockname());
  a.close();
  await same.sendAll('through the copy');
  assert.equal(String(await b.recv(100)), 'through the copy');
  b.close();
});

test('datagram sockets can be shared', { skip: elsewhere }, async () => {
  using a = new Socket(AF_INET, SOCK_DGRAM);
  using b = new Socket(AF_INET, SOCK_DGRAM);
  a.bind({ host: '127.0.0.1', port: 0 });
  using same = fromshare<'inet'>(a.share(process.pid));
  b.sendtoSync('datagram', a.getsockname());
  assert.equal(String(same.recvSync(100)), 'datagram');
});

/** Starts a process that opens what is in `file` as soon as it exists, and shares it back in `back`. */
function startSharer(file: string, back: string): Running {
  // The socket has to be shared with a running process, which then waits for the file.
  const script = `
    import { existsSync } from 'node:fs';
    while (!existsSync(${JSON.stringify(file)})) await new Promise(r => setTimeout(r, 20));
    process.argv = [process.execPath, '', ${JSON.stringify(file)}, '${process.pid}', ${JSON.stringify(back)}];
    await import(${JSON.stringify(new URL('./share-program.js', import.meta.url).href)});`;
  return startProgram(process.execPath, ['--input-type=module', '--eval', script], { timeout: 100_000 });
}

test('another process can take over a connection, and share it back', {
  skip: elsewhere,
  timeout: 120_000,
}, async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = new Socket();
  await client.connect(server.getsockname());
  const { socket } = await server.accept();
  const [file, back] = [freshPath(), freshPath()];
  const program = startSharer(file, back);
  writeFileSync(`${file}.new`, socket.share(program.child.pid!));
  socket.close();
  renameSync(`${file}.new`, file);
  await client.sendAll('question');
  const { port } = client.getsockname();
  assert.equal(String(await client.recv(100, { timeout: 60_000 })), `question answered by ${port}`);
  await waitFor('the other process shares it back', () => existsSync(back));
  using again = fromshare<'inet'>(readFileSync(back));
  assert.deepEqual(again.getpeername(), client.getsockname());
  await again.sendAll('from here again');
  assert.equal(String(await client.recv(100)), 'from here again');
  await client.sendAll('enough'); // the other process ends, and this one keeps the connection
  await program.closed;
  assert.equal(program.child.exitCode, 0, program.stderr());
  await again.sendAll('still open');
  assert.equal(String(await client.recv(100)), 'still open');
});

test('another process can serve a connection', { skip: elsewhere, timeout: 60_000 }, async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = new Socket();
  await client.connect(server.getsockname());
  const { socket } = await server.accept();
  const file = freshPath();
  // The socket has to be shared with a running process, which then waits for the file.
  const script = `
    import { existsSync } from 'node:fs';
    while (!existsSync(${JSON.stringify(file)})) await new Promise(r => setTimeout(r, 20));
    process.argv[2] = ${JSON.stringify(file)};
    await import(${JSON.stringify(new URL('./share-program.js', import.meta.url).href)});`;
  const program = startProgram(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: 50_000,
  });
  await delay(100);
  writeFileSync(`${file}.new`, socket.share(program.child.pid!));
  socket.close();
  renameSync(`${file}.new`, file);
  assert.ok(existsSync(file));
  const { port } = client.getsockname();
  await client.sendAll('question');
  assert.equal(String(await client.recv(100, { timeout: 30_000 })), `question answered by ${port}`);
  assert.equal((await client.recv(100, { timeout: 30_000 })).length, 0, 'and its end closed the connection');
  await program.closed;
  assert.equal(program.child.exitCode, 0, program.stderr());
});

test('wrong bytes and wrong processes are refused', { skip: elsewhere }, () => {
  assert.throws(() => fromshare(new Uint8Array(10)), { code: 'ERR_INVALID_ARG_VALUE', message: /'shared'/ });
  assert.throws(() => fromshare(new Uint8Array(628)), { name: 'SocketError', syscall: 'WSASocket' });
  using socket = new Socket();
  assert.throws(() => socket.share(-1), { code: 'ERR_OUT_OF_RANGE', message: /"pid"/ });
  assert.throws(() => socket.share('1' as never), { code: 'ERR_INVALID_ARG_TYPE', message: /"pid"/ });
  assert.throws(() => socket.share(0xfffffffc), { name: 'SocketError', syscall: 'WSADuplicateSocket' });
  socket.close();
  assert.throws(() => socket.share(process.pid), { code: 'EBADF' });
});
