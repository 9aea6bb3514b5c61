/** AF_VSOCK, continued: socat as the peer, flags, buffer limits, and what the loopback does not support. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AF_VSOCK, formatAddress, parseAddress, SHUT_WR, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import { VMADDR_CID_LOCAL, VMADDR_FLAG_TO_HOST } from 'berkeley/constants';
import { vsock } from 'berkeley/options';
import { assertSame } from '../support/bytes.js';
import { needsCommand, needsSocket } from '../support/kernel.js';
import { Child } from '../support/running.js';
import { listenVsock, localVsock, needsVsockLoopback } from '../support/vsock.js';

const wait = { timeout: 30_000 };

async function readAll(socket: Socket<'vsock'>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of socket.chunks(wait)) parts.push(chunk);
  return Buffer.concat(parts);
}

describe('AF_VSOCK and socat', { skip: needsVsockLoopback || needsCommand('socat', 'socat') }, () => {
  test('socat connects to us', async () => {
    using server = listenVsock();
    const { port } = localVsock(server);
    await using theirs = new Child('socat', ['-', `VSOCK-CONNECT:1:${port}`], 'from socat');
    const { socket, address } = await server.accept(wait);
    using peer = socket;
    assert.equal(address?.cid, VMADDR_CID_LOCAL);
    assert.equal(String(await peer.recv(100, wait)), 'from socat');
    await peer.send('to socat', wait);
    peer.shutdown(SHUT_WR);
    assert.equal(await theirs.ends(), 'to socat');
  });

  test('we connect to socat, which echoes our data', async () => {
    const port = 40_000 + (process.pid % 20_000);
    await using theirs = new Child('socat', ['-ddd', `VSOCK-LISTEN:${port}`, 'EXEC:cat']);
    await theirs.prints(/listening on/);
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    await client.connect({ cid: VMADDR_CID_LOCAL, port }, wait);
    const data = randomBytes(300_000);
    const sending = client.sendAll(data, wait).then(() => client.shutdown(SHUT_WR));
    const back = await readAll(client);
    await sending;
    assertSame(back, data);
  });
});

describe('AF_VSOCK, addresses with flags', { skip: needsVsockLoopback }, () => {
  test('a flag belongs to the peer’s address, and to its text', async () => {
    using server = listenVsock();
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    const to = { ...localVsock(server), flags: VMADDR_FLAG_TO_HOST };
    await client.connect(to, wait);
    using peer = (await server.accept(wait)).socket;
    assert.deepEqual(client.getpeername(), { family: 'vsock', ...to });
    assert.equal(formatAddress(client.getpeername()), `vsock:1:${to.port}:1`);
    assert.deepEqual(parseAddress(`vsock:1:${to.port}:1`), client.getpeername());
    assert.equal('flags' in peer.getpeername(), false);
    assert.equal('flags' in client.getsockname(), false);
  });

  test('an unknown flag is refused, by this package or by the kernel', async () => {
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    assert.throws(() => client.connectSync({ cid: 1, port: 1, flags: 256 }), {
      code: 'ERR_OUT_OF_RANGE',
      message: /address\.flags/,
    });
    await assert.rejects(client.connect({ cid: 1, port: 1, flags: 2 }, wait), {
      code: 'EINVAL',
      address: 'vsock:1:1:2',
    });
    for (const text of ['vsock:1:2:256', 'vsock:1:2:', 'vsock:1:2:3:4', 'vsock:1', 'vsock:1:4294967296:1'])
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' });
  });
});

describe('AF_VSOCK, options and types', { skip: needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM) }, () => {
  test('a buffer size respects its limits, whichever is set first', () => {
    using socket = new Socket(AF_VSOCK, SOCK_STREAM);
    socket.setOption(vsock.bufferMaxSize, 8192);
    socket.setOption(vsock.bufferSize, 100_000);
    assert.equal(socket.getOption(vsock.bufferSize), 8192);
    socket.setOption(vsock.bufferMinSize, 4096);
    socket.setOption(vsock.bufferSize, 10);
    assert.equal(socket.getOption(vsock.bufferSize), 4096);
    assert.throws(() => socket.setOption(vsock.bufferSize, -1), { code: 'ERR_OUT_OF_RANGE' });
  });

  test('the connect timeout is a time, and defaults to two seconds', () => {
    using socket = new Socket(AF_VSOCK, SOCK_STREAM);
    assert.equal(socket.getOption(vsock.connectTimeout), 2000);
    socket.setOption(vsock.connectTimeout, 1500);
    assert.equal(socket.getOption(vsock.connectTimeout), 1500);
    for (const value of [0, -1])
      assert.throws(() => socket.setOption(vsock.connectTimeout, value), RangeError);
  });

  // Only VMware's transport supports them: vsock_assign_transport of net/vmw_vsock/af_vsock.c.
  test('datagrams are refused if no transport supports them', { skip: needsVsockLoopback }, () => {
    assert.throws(() => new Socket(AF_VSOCK, SOCK_DGRAM), { code: 'ENODEV', syscall: 'socket' });
  });
});
