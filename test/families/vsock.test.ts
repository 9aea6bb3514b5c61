/** AF_VSOCK over the loopback transport, against the kernel and Python. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  AF_VSOCK,
  formatAddress,
  getLocalCid,
  parseAddress,
  SHUT_WR,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  Socket,
  VMADDR_CID_ANY,
} from 'berkeley';
import { VMADDR_CID_LOCAL } from 'berkeley/constants';
import { vsock } from 'berkeley/options';
import { hasSocket, inGuest, needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';
import { listenVsock, localVsock, needsVsockLoopback } from '../support/vsock.js';

const wait = { timeout: 20_000 };

const question = (port: number): string => `
import socket, fcntl, struct
with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as s:
    s.connect((socket.VMADDR_CID_LOCAL if hasattr(socket, 'VMADDR_CID_LOCAL') else 1, ${port}))
    s.sendall(b'from Python')
    print(s.recv(100), s.getpeername())
with open('/dev/vsock', 'rb') as f:
    print('cid', struct.unpack('I', fcntl.ioctl(f, 0x7b9, b'    '))[0])
`;

const answer = `
import socket
with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as s:
    s.bind((socket.VMADDR_CID_ANY, socket.VMADDR_PORT_ANY))
    s.listen()
    print('port', s.getsockname()[1], flush=True)
    c, address = s.accept()
    with c:
        c.sendall(c.recv(100).upper())
    print('from', address[0])
`;

describe('AF_VSOCK', { skip: needsVsockLoopback }, () => {
  for (const [name, type] of [
    ['stream', SOCK_STREAM],
    ['seqpacket', SOCK_SEQPACKET],
  ] as const) {
    const skip = type === SOCK_SEQPACKET && !inGuest && !hasSocket(AF_VSOCK, type);
    test(`${name}, in both faces`, { skip: skip && 'needs Linux 5.14' }, async () => {
      using server = listenVsock(type);
      using client = new Socket(AF_VSOCK, type);
      await client.connect(localVsock(server), wait);
      const { socket, address } = await server.accept(wait);
      using peer = socket;
      assert.deepEqual(address, { ...client.getsockname(), cid: VMADDR_CID_LOCAL });
      assert.deepEqual(client.getpeername(), { family: 'vsock', ...localVsock(server) });
      assert.deepEqual(parseAddress(formatAddress(client.getpeername())), client.getpeername());
      const data = randomBytes(30_000);
      await client.sendAll(data, wait);
      await client.sendAll('second', wait);
      const parts: Buffer[] = [];
      while (Buffer.concat(parts).length < data.length + 6) parts.push(await peer.recv(100_000, wait));
      if (type === SOCK_SEQPACKET)
        assert.deepEqual(
          parts.map(part => part.length),
          [data.length, 6],
        );
      assert.deepEqual(Buffer.concat(parts), Buffer.concat([data, Buffer.from('second')]));
      peer.sendSync('back');
      assert.equal(String(client.recvSync(10)), 'back');
      client.shutdown(SHUT_WR);
      assert.equal((await peer.recv(10, wait)).length, 0);
    });
  }

  test('a megabyte passes through a small buffer', async () => {
    using server = listenVsock();
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    client.setOption(vsock.bufferSize, 16_384);
    assert.equal(client.getOption(vsock.bufferSize), 16_384);
    await client.connect(localVsock(server), wait);
    using peer = (await server.accept(wait)).socket;
    const data = randomBytes(1 << 20);
    const sending = peer.sendAll(data, wait).then(() => peer.close());
    const parts: Buffer[] = [];
    for await (const chunk of client.chunks(wait)) parts.push(chunk);
    await sending;
    assert.ok(Buffer.concat(parts).equals(data));
  });

  test('Python connects to us, and we connect to Python', { skip: withoutPython }, async () => {
    using server = listenVsock();
    await using theirs = new Child(python, ['-c', question(localVsock(server).port)]);
    {
      using peer = (await server.accept(wait)).socket;
      assert.equal(String(await peer.recv(100, wait)), 'from Python');
      await peer.send('hello', wait);
    }
    assert.equal(
      (await theirs.ends()).trim(),
      `b'hello' (1, ${localVsock(server).port})\ncid ${getLocalCid()}`,
    );
    await using listener = new Child(python, ['-c', answer]);
    const port = Number((await listener.prints(/port (\d+)/))[1]);
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    client.connectSync({ cid: VMADDR_CID_LOCAL, port });
    client.sendSync('berkeley');
    assert.equal(String(client.recvSync(100)), 'BERKELEY');
    assert.match(await listener.ends(), /from 1/);
  });

  test('an unused port is ECONNRESET', async () => {
    using client = new Socket(AF_VSOCK, SOCK_STREAM);
    await assert.rejects(client.connect({ cid: VMADDR_CID_LOCAL, port: 4_000_000_000 }, wait), {
      code: 'ECONNRESET',
      address: `vsock:1:4000000000`,
    });
  });
});

describe('AF_VSOCK on any transport', { skip: needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM) }, () => {
  test('numbers out of range are refused before the system call', () => {
    using socket = new Socket(AF_VSOCK, SOCK_STREAM);
    for (const cid of [-1, 2 ** 32, 1.5])
      assert.throws(() => socket.bind({ cid, port: 1 }), {
        code: 'ERR_OUT_OF_RANGE',
        message: /address\.cid/,
      });
    assert.throws(() => socket.bind({ cid: 1 } as never), {
      code: 'ERR_INVALID_ARG_TYPE',
      message: /address\.port/,
    });
    assert.throws(() => new Socket(AF_VSOCK, SOCK_RDM), {
      name: 'UnsupportedError',
      code: 'ESOCKTNOSUPPORT',
      message: /does not have this type/,
    });
  });

  const without =
    !inGuest && !existsSync('/dev/vsock') && 'needs /dev/vsock: modprobe vsock, or npm run test:vm';
  test('the machine has a CID', { skip: without }, () => {
    assert.ok(getLocalCid() >= 0 && getLocalCid() <= VMADDR_CID_ANY);
  });

  test('without the device, the error has advice', {
    skip: existsSync('/dev/vsock') && 'there is one',
  }, () => {
    assert.throws(getLocalCid, { code: 'ENOENT', syscall: 'open', address: '/dev/vsock' });
  });
});
