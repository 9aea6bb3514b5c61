/** What `berkeley/dgram` has and `node:dgram` does not. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { AF_INET, AF_UNIX, Socket as BaseSocket, SOCK_DGRAM } from 'berkeley';
import { spaceFor, ttl } from 'berkeley/control';
import {
  createSocket,
  type RemoteInfo,
  type Socket,
  type SocketOptions,
  type UnixSocket,
} from 'berkeley/dgram';
import { ip, so } from 'berkeley/options';

const isLinux = process.platform === 'linux';
const onLinux = { skip: isLinux ? false : 'only on Linux', timeout: 60_000 };
const sockets: (Socket | UnixSocket)[] = [];
after(() => {
  for (const socket of sockets) if (socket.fd >= 0) socket.close();
});

async function bound(options: Omit<SocketOptions, 'type'> = {}, host = '127.0.0.1'): Promise<Socket> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', ...options });
  sockets.push(socket);
  socket.bind(0, host);
  await once(socket, 'listening');
  return socket;
}

const next = async (socket: Socket): Promise<[Buffer, RemoteInfo]> =>
  (await once(socket, 'message')) as [Buffer, RemoteInfo];

describe('packetInfo', onLinux, () => {
  for (const host of ['127.0.0.1', '::1']) {
    test(`reports the interface and the destination of a datagram to ${host}`, async () => {
      const server = await bound({ packetInfo: true }, host);
      const client = await bound({}, host);
      client.send('x', server.address().port, host);
      const [, rinfo] = await next(server);
      assert.equal(rinfo.interface, 'lo');
      assert.equal(rinfo.destination, host);
    });
  }

  test('tells a multicast group from the addresses of the machine', async () => {
    const server = await bound({ packetInfo: true }, '0.0.0.0');
    server.addMembership('239.255.1.9', 'lo');
    const client = await bound();
    const { port } = server.address();
    client.sendMessage('group', { address: '239.255.1.9', port, interface: 'lo' });
    assert.equal((await next(server))[1].destination, '239.255.1.9');
    client.send('host', port, '127.0.0.3');
    assert.equal((await next(server))[1].destination, '127.0.0.3');
  });
});

describe('sendMessage', onLinux, () => {
  test('sends from the source that a source-specific member wants', async () => {
    const server = await bound({ reuseAddr: true }, '0.0.0.0');
    server.addSourceSpecificMembership('127.0.0.2', '232.7.7.7', 'lo');
    const client = await bound({}, '0.0.0.0');
    const to = { address: '232.7.7.7', port: server.address().port, interface: 'lo' };
    await new Promise(resolve => client.sendMessage('other', { ...to, source: '127.0.0.1' }, resolve));
    client.sendMessage('wanted', { ...to, source: '127.0.0.2' });
    const [message, rinfo] = await next(server);
    assert.deepEqual([String(message), rinfo.address], ['wanted', '127.0.0.2']);
  });

  test('sets the TTL of one datagram', async () => {
    const receiver = new BaseSocket(AF_INET, SOCK_DGRAM);
    receiver.bind({ host: '127.0.0.1', port: 0 });
    receiver.setOption(ip.recvttl, true);
    const client = await bound();
    const { port } = receiver.getsockname();
    client.sendMessage('x', { address: '127.0.0.1', port, ttl: 3 });
    const { control } = await receiver.recvmsg(16, { control: spaceFor(ttl) });
    assert.equal(ttl.find(control), 3);
    receiver.close();
    assert.throws(() => client.sendMessage('x', { address: '127.0.0.1', port, ttl: 300 }), /IP_TTL/);
  });

  test('sends over a connected socket, and rejects a second destination', async () => {
    const [server, client] = [await bound(), await bound()];
    client.connectSync(server.address().port);
    client.sendMessage(['a', 'b'], { interface: 'lo' });
    assert.equal(String((await next(server))[0]), 'ab');
    assert.throws(() => client.sendMessage('x', { port: 9 }), { code: 'ERR_SOCKET_DGRAM_IS_CONNECTED' });
  });

  test('names an interface that does not exist', async () => {
    const client = await bound();
    const send = () => client.sendMessage('x', { port: 9, interface: 'nonesuch0' });
    assert.throws(send, { code: 'ENODEV' });
  });
});

describe('options at birth', () => {
  test('are set before the socket is bound', async () => {
    const socket = await bound({ options: [[so.priority, 3]] as never });
    assert.equal(socket.getOption(so.priority), 3);
    socket.setOption(ip.tos, 0x10);
    assert.equal(socket.getOption(ip.tos), 0x10);
  });

  test('must be pairs', () => {
    const create = (options: unknown) => () => createSocket({ type: 'udp4', options } as never);
    assert.throws(create(5), { code: 'ERR_INVALID_ARG_TYPE', message: /options\.options/ });
    assert.throws(create([5]), { code: 'ERR_INVALID_ARG_TYPE', message: /options\.options\[0\]/ });
  });

  test('that fail are errors of bind(), and leave no descriptor open', async () => {
    const socket = createSocket({ type: 'udp4', bindToDevice: 'nonesuch0' });
    socket.bind(0);
    const [error] = await once(socket, 'error');
    assert.equal(error.syscall, 'bind');
    assert.equal(socket.fd, -1);
    socket.close();
  });

  test('bindToDevice receives only from one interface', onLinux, async t => {
    const socket = await bound({ bindToDevice: 'lo' }).catch((error: NodeJS.ErrnoException) => error);
    if (socket instanceof Error) {
      assert.equal((socket as NodeJS.ErrnoException).code, 'EPERM');
      return t.skip('SO_BINDTODEVICE needs CAP_NET_RAW here: run the tests as root');
    }
    assert.equal(socket.getOption(so.bindtodevice), 'lo');
  });
});

test('errorQueue reports which datagram was refused, and emits no error', onLinux, async () => {
  const gone = await bound();
  const { port } = gone.address();
  gone.close();
  const client = await bound({ errorQueue: true });
  client.on('error', error => assert.fail(error));
  client.send('x', port, '127.0.0.1');
  const [item] = await once(client, 'queuedError');
  assert.equal(item.code, 'ECONNREFUSED');
  assert.deepEqual([item.destination.host, item.destination.port], ['127.0.0.1', port]);
});

test('a flood does not delay timers', { timeout: 60_000 }, async () => {
  const socket = await bound();
  const { port } = socket.address();
  let isOver = false;
  socket.on('message', () => {
    if (!isOver) socket.send('again', port, '127.0.0.1');
  });
  for (let i = 0; i < 200; i++) socket.send('x', port, '127.0.0.1');
  await new Promise(resolve => setTimeout(resolve, 20)); // it never fires if the datagrams starve the timers
  isOver = true;
});

test('idle sockets have no memory for datagrams', async () => {
  await bound();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 50; i++) await bound();
  assert.ok(process.memoryUsage().arrayBuffers - before < 1 << 20);
});

describe('Unix datagrams', {
  skip: process.platform === 'win32' ? 'Windows has none' : false,
  timeout: 60_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-dgram-'));
  after(() => rmSync(folder, { recursive: true }));
  let count = 0;

  async function unix(path: string | undefined = join(folder, `s${count++}`)): Promise<UnixSocket> {
    const socket = createSocket('unix');
    sockets.push(socket);
    socket.bind(path);
    await once(socket, 'listening');
    return socket;
  }

  test('are sent to a path, and name their sender', async () => {
    const [server, client] = [await unix(), await unix()];
    const path = server.address().address;
    const sent = new Promise(resolve => client.send(['a', 'b'], path, (...given) => resolve(given)));
    const [message, rinfo] = await once(server, 'message');
    assert.equal(String(message), 'ab');
    assert.deepEqual(rinfo, { address: client.address().address, family: 'unix', size: 2, truncated: false });
    assert.deepEqual(await sent, [null, 2]);
  });

  test('have abstract names on Linux', { skip: isLinux ? false : 'only on Linux' }, async () => {
    const name = `\0berkeley-${process.pid}`;
    const server = await unix(name);
    assert.equal(server.address().address, name);
    const client = createSocket('unix');
    sockets.push(client);
    client.send('x', name);
    const [, rinfo] = await once(server, 'message');
    assert.equal(rinfo.address, '');
  });

  test('are sent to the connected receiver', async () => {
    const [server, client] = [await unix(), await unix()];
    const path = server.address().address;
    await new Promise<void>(resolve => client.connect(path, () => resolve()));
    assert.equal(client.remoteAddress().address, path);
    client.send('x');
    assert.equal(String((await once(server, 'message'))[0]), 'x');
    assert.throws(() => client.send('x', path), { code: 'ERR_SOCKET_DGRAM_IS_CONNECTED' });
    client.disconnect();
    assert.throws(() => client.remoteAddress(), { code: 'ERR_SOCKET_DGRAM_NOT_CONNECTED' });
    assert.throws(() => client.send('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  test('wait while the receiver has no space, and all arrive', async () => {
    const path = join(folder, 'slow');
    const slow = new BaseSocket(AF_UNIX, SOCK_DGRAM);
    slow.bind({ path });
    const client = await unix();
    const results: unknown[] = [];
    for (let i = 0; i < 2000; i++) client.send(`m${i}`, path, error => results.push(error));
    assert.ok(client.getSendQueueCount() > 0 && client.getSendQueueSize() > 0);
    for (let i = 0; i < 2000; i++) assert.equal(String(await slow.recv(16)), `m${i}`);
    while (results.length < 2000) await new Promise(resolve => setTimeout(resolve, 5));
    assert.ok(results.every(error => error === null));
    assert.equal(client.getSendQueueCount(), 0);
    slow.close();
  });

  test('report a missing receiver', async () => {
    const client = await unix();
    const error = await new Promise<NodeJS.ErrnoException | null>(resolve =>
      client.send('x', join(folder, 'nobody'), resolve),
    );
    assert.equal(error!.code, 'ENOENT');
    assert.equal(error!.message, `send ENOENT ${join(folder, 'nobody')}`);
    const connected = await new Promise<Error | undefined>(resolve =>
      client.connect(join(folder, 'nobody'), resolve),
    );
    assert.match(connected!.message, /^connect ENOENT /);
  });

  test('report an address that is in use', async () => {
    const server = await unix();
    const second = createSocket('unix');
    second.bind(server.address().address);
    const [error] = await once(second, 'error');
    assert.equal(error.code, 'EADDRINUSE');
    second.close();
  });

  test('can be longer than those of UDP, up to maxMessageSize', async () => {
    const server = createSocket({ type: 'unix', maxMessageSize: 100_000 });
    sockets.push(server);
    server.bind(join(folder, 'long'));
    await once(server, 'listening');
    const client = await unix();
    client.send(Buffer.alloc(90_000), join(folder, 'long'));
    assert.deepEqual((await once(server, 'message'))[1].size, 90_000);
    client.send(Buffer.alloc(110_000), join(folder, 'long'));
    const [message, { truncated }] = await once(server, 'message');
    assert.deepEqual([message.length, truncated], [100_000, true]);
  });

  test('use an existing descriptor, and no other', async () => {
    const [path, base] = [join(folder, 'fd'), new BaseSocket(AF_UNIX, SOCK_DGRAM)];
    base.bind({ path });
    const server = createSocket('unix');
    sockets.push(server);
    server.bind({ fd: base.detach() });
    await once(server, 'listening');
    assert.equal(server.address().address, path);
    const other = createSocket('unix');
    other.bind({ fd: 1_000_000 });
    const [error] = await once(other, 'error');
    assert.equal(error.code, 'ERR_INVALID_FD_TYPE');
    other.close();
  });
});
