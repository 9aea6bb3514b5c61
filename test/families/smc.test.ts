/** Shared memory communications (SMC): with itself, and with Python over TCP as the fallback. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AF_SMC,
  formatAddress,
  IPPROTO_SMC,
  IPPROTO_TCP,
  NETLINK_SOCK_DIAG,
  SMCPROTO_SMC,
  SMCPROTO_SMC6,
  SOCK_STREAM,
  Socket,
  TCP_INFO,
  UnsupportedError,
} from 'berkeley';
import { NetlinkConnection, SOCK_DIAG_BY_FAMILY } from 'berkeley/netlink';
import { hasSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';
import { needsSmc } from '../support/smc.js';

const wait = { timeout: 20_000 };

const hosts = [
  ['127.0.0.1', SMCPROTO_SMC, 'inet'],
  ['::1', SMCPROTO_SMC6, 'inet6'],
] as const;

function listening(host: string, protocol: number): Socket<'smc'> {
  const server = new Socket(AF_SMC, SOCK_STREAM, protocol);
  server.bind({ host, port: 0 });
  server.listen();
  return server;
}

const has = hasSocket(AF_SMC, SOCK_STREAM);

test('a kernel without AF_SMC is an error with advice', {
  skip: has && 'this kernel has it',
}, () => {
  assert.throws(
    () => new Socket(AF_SMC, SOCK_STREAM, SMCPROTO_SMC),
    (error: Error) =>
      error instanceof UnsupportedError && /EAFNOSUPPORT \(AF_SMC needs .*modprobe smc\)/.test(error.message),
  );
});

const hasProtocol = hasSocket(AF_INET, SOCK_STREAM, IPPROTO_SMC);

test('a kernel without IPPROTO_SMC is an error with advice', {
  skip: hasProtocol && 'this kernel has it',
}, () => {
  for (const family of [AF_INET, AF_INET6 as unknown as typeof AF_INET])
    assert.throws(
      () => new Socket(family, SOCK_STREAM, IPPROTO_SMC),
      (error: Error) =>
        error instanceof UnsupportedError && /modprobe smc.*6\.11.*AF_SMC/.test(error.message),
    );
});

test('IPPROTO_SMC creates SMC sockets in AF_INET', {
  skip: !hasProtocol && 'needs IPPROTO_SMC, since Linux 6.11: node vm/run.mjs --suite trixie smc',
}, async () => {
  using server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SMC);
  server.bind({ host: '127.0.0.1', port: 0 });
  server.listen();
  using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SMC);
  await client.connect(server.getsockname(), wait);
  using peer = (await server.accept(wait)).socket;
  await client.sendAll('hello', wait);
  assert.equal(String(await peer.recv(100, wait)), 'hello');
});

test('addresses are those of TCP, and errors in them are named', {
  skip: needsSmc,
}, () => {
  using socket = new Socket(AF_SMC, SOCK_STREAM, SMCPROTO_SMC);
  for (const [address, argument] of [
    [{ host: '127.0.0.1' }, /address\.port/],
    [{ host: 5, port: 0 }, /address\.host/],
    [{ family: 'unix', path: 'x' }, /address\.family/],
    [null, /address/],
  ] as const)
    assert.throws(() => socket.bind(address as never), { code: /^ERR_/, message: argument });
});

describe('AF_SMC', { skip: needsSmc }, () => {
  for (const [host, protocol, family] of hosts) {
    test(`a connection works in both faces: ${host}`, async () => {
      using server = listening(host, protocol);
      const address = server.getsockname();
      assert.deepEqual([address.family, address.host], [family, host]);
      assert.match(formatAddress(address), /^(127\.0\.0\.1|\[::1\]):\d+$/);
      using client = new Socket(AF_SMC, SOCK_STREAM, protocol);
      await client.connect(address, wait);
      const { socket, address: from } = await server.accept(wait);
      using peer = socket;
      assert.deepEqual(from, client.getsockname());
      assert.deepEqual(client.getpeername(), address);
      const bytes = Buffer.alloc(300_000, 'shared memory ');
      const sending = client.sendAll(bytes, wait);
      const parts: Buffer[] = [];
      for await (const part of peer.chunks()) {
        parts.push(part);
        if (parts.reduce((sum, { length }) => sum + length, 0) === bytes.length) break;
      }
      await sending;
      assert.deepEqual(Buffer.concat(parts), bytes);
      peer.sendSync('back');
      assert.equal(String(client.recvSync(100)), 'back');
      client.close();
      assert.equal((await peer.recv(100, wait)).length, 0);
    });
  }

  test('a connection to a plain TCP server in Python uses TCP', { skip: withoutPython }, async () => {
    const program = `
import socket
with socket.create_server(('127.0.0.1', 0)) as s:
    print('port', s.getsockname()[1], flush=True)
    c, _ = s.accept()
    c.sendall(c.recv(100).upper())`;
    await using theirs = new Child(python, ['-c', program]);
    const port = Number((await theirs.prints(/port (\d+)/))[1]);
    using client = new Socket(AF_SMC, SOCK_STREAM, SMCPROTO_SMC);
    client.connectSync({ host: 'localhost', port });
    client.sendSync('hello');
    assert.equal(String(client.recvSync(100)), 'HELLO');
    const info = client.getsockopt(IPPROTO_TCP, TCP_INFO, 8) as Buffer;
    assert.ok(info.length > 0, 'it is TCP underneath');
    await theirs.ends();
  });

  test('a plain TCP client in Python is served', { skip: withoutPython }, async () => {
    using server = listening('127.0.0.1', SMCPROTO_SMC);
    const program = `
import socket
with socket.create_connection(('127.0.0.1', ${server.getsockname().port}), 20) as s:
    s.sendall(b'from Python')
    print(s.recv(100).decode())`;
    const theirs = new Child(python, ['-c', program]);
    using peer = (await server.accept(wait)).socket;
    assert.equal(String(await peer.recv(100, wait)), 'from Python');
    await peer.sendAll('to Python', wait);
    assert.equal((await theirs.ends()).trim(), 'to Python');
  });

  test('an unused port is ECONNREFUSED, and a host name is resolved', async () => {
    using server = listening('127.0.0.1', SMCPROTO_SMC);
    const { port } = server.getsockname();
    server.close();
    using client = new Socket(AF_SMC, SOCK_STREAM, SMCPROTO_SMC);
    await assert.rejects(client.connect({ host: 'localhost', port }, wait), {
      name: 'ConnectionRefusedError',
      message: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });

  test('waiting calls end when the socket is closed', async () => {
    using server = listening('127.0.0.1', SMCPROTO_SMC);
    const accepting = server.accept();
    const closing = assert.rejects(accepting, { code: 'EBADF' });
    server.close();
    await closing;
  });

  test('the kernel lists its sockets as fallen back to TCP if the peers share no device', async () => {
    using server = listening('127.0.0.1', SMCPROTO_SMC);
    using client = new Socket(AF_SMC, SOCK_STREAM, SMCPROTO_SMC);
    await client.connect(server.getsockname(), wait);
    using diag = new NetlinkConnection(NETLINK_SOCK_DIAG);
    // struct smc_diag_req: a family, and the identity of a socket, where zeros mean all sockets.
    const question = Buffer.alloc(52);
    question[0] = AF_SMC;
    const answers = await diag.dump(SOCK_DIAG_BY_FAMILY, question, wait);
    const ports = ({ payload }: { payload: Buffer }) => [payload.readUInt16BE(4), payload.readUInt16BE(6)];
    const ours = answers.find(
      answer => String(ports(answer)) === String([client.getsockname().port, client.getpeername().port]),
    );
    // struct smc_diag_msg: family, state, and mode. 1 is SMC_DIAG_MODE_FALLBACK_TCP.
    assert.deepEqual([...ours!.payload.subarray(0, 3)], [AF_SMC, 1, 1]);
  });
});
