/** AF_TIPC within one node, against the kernel and Python. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  AF_TIPC,
  formatAddress,
  parseAddress,
  SHUT_RDWR,
  SOCK_DGRAM,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOL_TIPC,
  Socket,
  TIPC_CLUSTER_SCOPE,
  TIPC_CRITICAL_IMPORTANCE,
  TIPC_IMPORTANCE,
  TIPC_NODE_SCOPE,
  TIPC_PUBLISHED,
  TIPC_SUB_SERVICE,
  TIPC_SUBSCR_TIMEOUT,
  TIPC_TOP_SRV,
  TIPC_WITHDRAWN,
} from 'berkeley';
import { needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 15_000 };
let next = 20_000;

/** A socket that is bound to the instances 10 to 20 of its own service type. */
function offer(type: number): { server: Socket<'tipc'>; service: number } {
  const server = new Socket(AF_TIPC, type);
  const service = ++next;
  server.bind({ type: service, lower: 10, upper: 20, scope: TIPC_NODE_SCOPE });
  return { server, service };
}

/** struct tipc_subscr: type, lower, upper, timeout in ms, filter, and 8 bytes that events return. */
function subscription(type: number, timeout: number): Buffer {
  const bytes = Buffer.alloc(28);
  for (const [i, value] of [type, 0, 100, timeout, TIPC_SUB_SERVICE].entries())
    bytes.writeUInt32LE(value, i * 4);
  bytes.write('berkeley', 20);
  return bytes;
}

const theirServer = (service: number): string => `
import socket
with socket.socket(socket.AF_TIPC, socket.SOCK_RDM) as s:
    s.bind((socket.TIPC_ADDR_NAMESEQ, ${service}, 1, 5))
    print('bound', flush=True)
    data, address = s.recvfrom(100)
    s.sendto(data.upper(), address)
    print(len(address), flush=True)
`;

const theirClient = (service: number): string => `
import socket
with socket.socket(socket.AF_TIPC, socket.SOCK_STREAM) as s:
    s.connect((socket.TIPC_ADDR_NAME, ${service}, 15, 0))
    s.sendall(b'from Python')
    print(s.recv(100))
`;

describe('AF_TIPC', { skip: needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM) }, () => {
  for (const [name, type] of [
    ['rdm', SOCK_RDM],
    ['dgram', SOCK_DGRAM],
  ] as const) {
    test(`${name}: a message to a service instance, and an answer to the socket`, async () => {
      const { server, service } = offer(type);
      using theirs = server;
      using client = new Socket(AF_TIPC, type);
      await client.sendto('question', { type: service, instance: 17 }, wait);
      const { data, address } = await theirs.recvfrom(100, wait);
      assert.equal(String(data), 'question');
      assert.ok(address !== null && address.family === 'tipc' && 'ref' in address);
      const here = client.getsockname();
      assert.ok('ref' in here);
      assert.deepEqual([address.ref, address.node], [here.ref, here.node]);
      assert.deepEqual(parseAddress(formatAddress(address)), address);
      theirs.sendtoSync('answer', address);
      assert.equal(String(client.recvSync(100)), 'answer');
    });
  }

  for (const [name, type] of [
    ['stream', SOCK_STREAM],
    ['seqpacket', SOCK_SEQPACKET],
  ] as const) {
    test(`${name}: a connection to a service`, async () => {
      const { server, service } = offer(type);
      using listener = server;
      listener.listen();
      using client = new Socket(AF_TIPC, type);
      const accepting = listener.accept(wait);
      await client.connect({ type: service, instance: 12 }, wait);
      const { socket, address } = await accepting;
      using peer = socket;
      const here = client.getsockname();
      assert.ok(address !== null && 'ref' in address && 'ref' in here);
      assert.equal(address.ref, here.ref);
      const data = randomBytes(50_000);
      const sending = client.sendAll(data, wait);
      const parts: Buffer[] = [];
      while (Buffer.concat(parts).length < data.length) parts.push(await peer.recv(100_000, wait));
      await sending;
      if (type === SOCK_SEQPACKET) assert.equal(parts.length, 1);
      assert.ok(Buffer.concat(parts).equals(data));
      peer.sendSync('back');
      assert.equal(String(client.recvSync(10)), 'back');
      // Only a shutdown ends the stream; a close resets it (tipc_release of net/tipc/socket.c).
      peer.shutdown(SHUT_RDWR);
      assert.equal((await client.recv(10, wait)).length, 0);
    });
  }

  test('a message to a range reaches all sockets of the service, a message to an instance reaches one', async () => {
    const { server, service } = offer(SOCK_RDM);
    using one = server;
    using two = new Socket(AF_TIPC, SOCK_RDM);
    two.bind({ type: service, lower: 15, upper: 30, scope: TIPC_NODE_SCOPE });
    using client = new Socket(AF_TIPC, SOCK_RDM);
    await client.sendto('to all', { type: service, lower: 0, upper: 99 }, wait);
    for (const socket of [one, two]) assert.equal(String(await socket.recv(100, wait)), 'to all');
    await client.sendto('to one', { type: service, instance: 25 }, wait);
    assert.equal(String(await two.recv(100, wait)), 'to one');
    await assert.rejects(one.recv(100, { timeout: 100 }), { name: 'TimeoutError' });
  });

  test('importance is a number from low to critical', () => {
    using socket = new Socket(AF_TIPC, SOCK_RDM);
    socket.setsockopt(SOL_TIPC, TIPC_IMPORTANCE, TIPC_CRITICAL_IMPORTANCE);
    assert.equal(socket.getsockopt(SOL_TIPC, TIPC_IMPORTANCE), TIPC_CRITICAL_IMPORTANCE);
    assert.throws(() => socket.setsockopt(SOL_TIPC, TIPC_IMPORTANCE, 9), { code: 'EINVAL' });
  });

  test('the topology server reports services that appear, disappear, and subscriptions that expire', async () => {
    using watcher = new Socket(AF_TIPC, SOCK_SEQPACKET);
    await watcher.connect({ type: TIPC_TOP_SRV, instance: TIPC_TOP_SRV }, wait);
    const hear = async (): Promise<number[]> => {
      const event = await watcher.recv(48, wait);
      assert.equal(event.toString('latin1', 40, 48), 'berkeley');
      return [0, 4, 8].map(at => event.readUInt32LE(at));
    };
    const service = next + 1;
    await watcher.send(subscription(service, 3000), wait);
    const { server } = offer(SOCK_RDM);
    assert.deepEqual(await hear(), [TIPC_PUBLISHED, 10, 20]);
    server.close();
    assert.deepEqual(await hear(), [TIPC_WITHDRAWN, 10, 20]);
    assert.equal((await hear())[0], TIPC_SUBSCR_TIMEOUT);
  });

  test('Python and this package exchange messages, in both directions', { skip: withoutPython }, async () => {
    const service = ++next;
    await using theirs = new Child(python, ['-c', theirServer(service)]);
    await theirs.prints(/bound/);
    using client = new Socket(AF_TIPC, SOCK_RDM);
    await client.sendto('berkeley', { type: service, instance: 3 }, wait);
    assert.equal(String(await client.recv(100, wait)), 'BERKELEY');
    assert.equal((await theirs.ends()).trim(), 'bound\n5');
    const { server, service: ours } = offer(SOCK_STREAM);
    using listener = server;
    listener.listen();
    await using child = new Child(python, ['-c', theirClient(ours)]);
    using peer = (await listener.accept(wait)).socket;
    assert.equal(String(await peer.recv(100, wait)), 'from Python');
    await peer.send('hello', wait);
    assert.equal((await child.ends()).trim(), "b'hello'");
  });

  test('an unused service and invalid addresses are errors', async () => {
    using client = new Socket(AF_TIPC, SOCK_STREAM);
    await assert.rejects(client.connect({ type: 999_999, instance: 1 }, wait), {
      code: /EHOSTUNREACH|ECONNREFUSED/,
      address: `tipc:2:${TIPC_CLUSTER_SCOPE}:999999:1:0`,
    });
    using socket = new Socket(AF_TIPC, SOCK_RDM);
    const bad = (address: object, argument: RegExp) =>
      assert.throws(() => socket.bind(address as never), { message: argument, code: /^ERR_/ });
    bad({ type: 1 }, /"address"/);
    bad({ type: -1, instance: 1 }, /address\.type/);
    bad({ type: 2 ** 32, lower: 1, upper: 2 }, /address\.type/);
    bad({ type: 1, lower: 1, upper: '2' }, /address\.upper/);
    bad({ type: 1, instance: 1, scope: 4 }, /address\.scope/);
    assert.throws(() => socket.bind({ type: 100, lower: 2, upper: 1 }), { code: 'EINVAL', syscall: 'bind' });
  });
});
