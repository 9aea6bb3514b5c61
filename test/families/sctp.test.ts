/** One-to-one SCTP, against Python. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AF_INET, IPPROTO_SCTP, MSG_EOR, SOCK_SEQPACKET, SOCK_STREAM, Socket } from 'berkeley';
import { SCTP_NODELAY } from 'berkeley/constants';
import { needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
const local = { host: '127.0.0.1', port: 0 };

const theirClient = (port: number): string => `
import socket
with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP) as s:
    s.connect(('127.0.0.1', ${port}))
    s.sendall(b'from Python')
    s.sendall(b'twice')
    print(s.recv(100))
`;

const theirServer = `
import socket
with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_SCTP) as s:
    s.bind(('127.0.0.1', 0))
    s.listen()
    print('port', s.getsockname()[1], flush=True)
    c, address = s.accept()
    with c:
        c.sendall(c.recv(100).upper())
`;

describe('SCTP', { skip: needsSocket('SCTP', AF_INET, SOCK_STREAM, IPPROTO_SCTP) }, () => {
  const listen = (): Socket => {
    const server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    server.bind(local);
    server.listen();
    return server;
  };

  test('one-to-one: message boundaries are kept, in both faces', async () => {
    using server = listen();
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    client.setsockopt(IPPROTO_SCTP, SCTP_NODELAY, 1);
    assert.equal(client.getsockopt(IPPROTO_SCTP, SCTP_NODELAY), 1);
    await client.connect(server.getsockname(), wait);
    const { socket, address } = await server.accept(wait);
    using peer = socket;
    assert.deepEqual(address, client.getsockname());
    for (const data of ['one', 'two', randomBytes(20_000)]) await client.send(data, wait);
    assert.equal(String(peer.recvSync(100)), 'one');
    const { data, flags } = await peer.recvmsg(100, wait);
    assert.deepEqual([String(data), flags & MSG_EOR], ['two', MSG_EOR]);
    assert.equal((await peer.recvmsg(10_000, wait)).flags & MSG_EOR, 0);
    const rest = await peer.recvmsg(20_000, wait);
    assert.deepEqual([rest.data.length, rest.flags & MSG_EOR], [10_000, MSG_EOR]);
    peer.close();
    assert.equal((await client.recv(10, wait)).length, 0);
  });

  test('one-to-many: datagrams create their associations', async () => {
    using server = new Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
    server.bind(local);
    server.listen();
    using client = new Socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP);
    await client.sendto('question', server.getsockname(), wait);
    const { data, address } = await server.recvfrom(100, wait);
    assert.equal(String(data), 'question');
    server.sendtoSync('answer', address!);
    assert.equal(String(client.recvSync(100)), 'answer');
  });

  test('Python connects to us, and we connect to Python', { skip: withoutPython }, async () => {
    using server = listen();
    await using theirs = new Child(python, ['-c', theirClient(server.getsockname().port)]);
    using peer = (await server.accept(wait)).socket;
    assert.equal(String(await peer.recv(100, wait)), 'from Python');
    assert.equal(String(await peer.recv(100, wait)), 'twice');
    await peer.send('hello', wait);
    assert.equal((await theirs.ends()).trim(), "b'hello'");
    await using listener = new Child(python, ['-c', theirServer]);
    const port = Number((await listener.prints(/port (\d+)/))[1]);
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    client.connectSync({ host: '127.0.0.1', port });
    client.sendSync('berkeley');
    assert.equal(String(client.recvSync(100)), 'BERKELEY');
    await listener.ends();
  });

  test('an unused port is ECONNREFUSED', async () => {
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
    await assert.rejects(client.connect({ host: '127.0.0.1', port: 9 }, wait), {
      name: 'ConnectionRefusedError',
      message: /connect ECONNREFUSED 127\.0\.0\.1:9/,
    });
  });
});
