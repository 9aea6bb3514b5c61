/** AF_UNIX: what is specific to sockets within one machine. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  type AddressInput,
  AF_UNIX,
  ConnectionRefusedError,
  createServer,
  formatAddress,
  PermissionError,
  parseAddress,
  SO_PEERCRED,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  socketpair,
} from 'berkeley';
import { random } from '../support/bytes.js';
import { failsWith } from '../support/failure.js';
import { freshName, freshPath, temporaryFolder } from '../support/names.js';

function bound(address: AddressInput<'unix'>): Socket<'unix'> {
  const socket = new Socket(AF_UNIX, SOCK_DGRAM);
  socket.bind(address);
  return socket;
}

/** A path of exactly `length` bytes. */
function pathOf(length: number): string {
  const start = `${temporaryFolder()}/`;
  return start + 'p'.repeat(length - start.length);
}

async function assertReachable(server: Socket<'unix'>, address: AddressInput<'unix'>): Promise<void> {
  using client = new Socket(AF_UNIX, SOCK_DGRAM);
  await client.sendto('promise', address);
  client.sendtoSync('sync', address);
  await client.connect(address);
  assert.equal((await server.recv(9)).toString(), 'promise');
  assert.equal(server.recvSync(9).toString(), 'sync');
}

describe('paths', () => {
  test('the file exists from bind on, and remains after close', async () => {
    const path = freshPath();
    {
      using server = bound({ path });
      assert.ok(statSync(path).isSocket());
      await assertReachable(server, { path });
    }
    assert.ok(existsSync(path));
    using again = new Socket(AF_UNIX, SOCK_DGRAM);
    await failsWith(() => again.bind({ path }), SocketError, 'EADDRINUSE', 'bind');
    using client = new Socket(AF_UNIX, SOCK_DGRAM);
    const connect = () => client.connect({ path });
    await failsWith(connect, ConnectionRefusedError, 'ECONNREFUSED', 'connect');
    unlinkSync(path);
    again.bind({ path });
    await assertReachable(again, { path });
  });

  test('the name stays the same when the file is renamed', async () => {
    const path = freshPath();
    using server = bound({ path });
    const elsewhere = freshPath();
    renameSync(path, elsewhere);
    assert.deepEqual(server.getsockname(), { family: 'unix', path });
    await assertReachable(server, { path: elsewhere });
    using client = new Socket(AF_UNIX, SOCK_DGRAM);
    const error = await failsWith(() => client.connect({ path }), SocketError, 'ENOENT', 'connect');
    assert.ok(error.message.startsWith(`connect ENOENT ${path} (there is no socket at this path`));
    assert.equal(error.address, path);
  });

  test('all 108 bytes of a path can be used', async () => {
    for (const length of [106, 107, 108]) {
      const path = pathOf(length);
      using server = bound({ path });
      assert.deepEqual(server.getsockname(), { family: 'unix', path });
      await assertReachable(server, { path });
      assert.deepEqual(parseAddress(formatAddress(server.getsockname())), server.getsockname());
      using sender = bound({ path: `${path.slice(0, -1)}q` });
      await sender.sendto('x', { path });
      assert.deepEqual((await server.recvfrom(9)).address, sender.getsockname());
    }
  });

  test('a path that is not UTF-8 is bytes, in both directions', async () => {
    const path = Buffer.concat([Buffer.from(`${temporaryFolder()}/`), Buffer.from([0xff, 0xfe, 0x80])]);
    using server = bound({ path });
    assert.deepEqual(server.getsockname(), { family: 'unix', path });
    await assertReachable(server, { path });
    assert.deepEqual(parseAddress(formatAddress(server.getsockname())), server.getsockname());
  });

  test('a path in another script is text, in both directions', async () => {
    const path = `${temporaryFolder()}/сокет-\u{1f50c}-\ufeff`;
    using server = bound({ path });
    assert.deepEqual(server.getsockname(), { family: 'unix', path });
    await assertReachable(server, { path });
  });

  test('connect needs write permission on the file', async () => {
    const path = freshPath();
    using _ = bound({ path });
    chmodSync(temporaryFolder(), 0o755);
    chmodSync(path, 0o000);
    using client = new Socket(AF_UNIX, SOCK_DGRAM);
    await asNobody(() => failsWith(() => client.connect({ path }), PermissionError, 'EACCES', 'connect'));
  });
});

/** Root ignores permissions, so it changes its user for this. */
async function asNobody<T>(body: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return body();
  process.seteuid?.(65534);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}

describe('abstract names', () => {
  test('can have any bytes, and disappear with the last descriptor', async () => {
    const name = Buffer.from(`\0${freshName()}\0\xff\0`, 'latin1');
    {
      using server = bound({ abstract: name });
      assert.deepEqual(server.getsockname(), { family: 'unix', abstract: name });
      await assertReachable(server, { abstract: name });
      await assertReachable(server, server.getsockname());
    }
    using again = bound({ abstract: name });
    assert.deepEqual(again.getsockname(), { family: 'unix', abstract: name });
  });

  test('can have 107 bytes', async () => {
    const name = Buffer.from(freshName().padEnd(107, '.'));
    using server = bound({ abstract: name });
    assert.deepEqual(server.getsockname(), { family: 'unix', abstract: name });
    await assertReachable(server, { abstract: name });
  });

  test('are chosen by the kernel if none is given', async () => {
    using server = bound({ unnamed: true });
    const name = server.getsockname();
    assert.ok('abstract' in name);
    assert.match(name.abstract.toString(), /^[0-9a-f]{5}$/);
    await assertReachable(server, name);
  });
});

describe('addresses as text', () => {
  test('parsing inverts formatting, for random names', () => {
    const next = random(1);
    const byte = () => Math.floor(next() * 256);
    for (let i = 0; i < 1000; i++) {
      const name = Buffer.from(Array.from({ length: 1 + Math.floor(next() * 107) }, byte));
      const abstract = { family: 'unix', abstract: name } as const;
      assert.deepEqual(parseAddress(formatAddress(abstract)), abstract);
      const bytes = Buffer.from(name.map(value => value || 1));
      const text = bytes.toString();
      const path = Buffer.from(text).equals(bytes) ? text : bytes;
      assert.deepEqual(parseAddress(formatAddress({ family: 'unix', path })), { family: 'unix', path });
    }
  });

  test('have these forms', () => {
    const forms: [string, AddressInput<'unix'>][] = [
      ['unix:/run/x.sock', { path: '/run/x.sock' }],
      ['unix:@name', { abstract: Buffer.from('name') }],
      ['unix:%40name', { path: '@name' }],
      ['unix:', { unnamed: true }],
      ['unix:@', { abstract: Buffer.alloc(0) }],
      ['unix:a%20b%25', { path: 'a b%' }],
    ];
    for (const [text, address] of forms) {
      assert.deepEqual(parseAddress(text), { family: 'unix', ...address });
      assert.equal(formatAddress({ family: 'unix', ...address } as never), text);
    }
  });
});

test('the kernel reports the process at the other end', () => {
  const [a, b] = socketpair();
  using one = a;
  using other = b;
  const credentials = one.getsockopt(SOL_SOCKET, SO_PEERCRED, 12); // struct ucred: pid, uid, gid
  assert.equal(credentials.length, 12);
  assert.equal(credentials.readInt32LE(0), process.pid);
  assert.equal(credentials.readUInt32LE(4), process.getuid?.());
  assert.equal(other.closed, false);
});

test('a sender without a name has no address', async () => {
  using server = bound({ abstract: freshName() });
  using client = new Socket(AF_UNIX, SOCK_DGRAM);
  await client.sendto('x', server.getsockname());
  assert.deepEqual(await server.recvfrom(9), { data: Buffer.from('x'), address: null });
  using listener = createServer({ abstract: freshName() });
  using stream = new Socket(AF_UNIX);
  await stream.connect(listener.getsockname());
  const { socket, address } = await listener.accept();
  socket.close();
  assert.deepEqual(address, { family: 'unix', unnamed: true });
});
