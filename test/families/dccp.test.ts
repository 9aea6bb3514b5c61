/**
 * DCCP, which Linux had until 6.15: datagram connections, service codes, congestion control. Against Python.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, IPPROTO_DCCP, SOCK_DCCP, Socket, typeName, UnsupportedError } from 'berkeley';
import { DCCPC_CCID2, DCCPC_CCID3, DCCPQ_POLICY_PRIO, SOL_DCCP } from 'berkeley/constants';
import { dccpPriority } from 'berkeley/control';
import { dccp } from 'berkeley/options';
import { hasSocket, isLinuxSince, needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
/** `'DISC'`, from the example of RFC 4340. */
const DISC = 0x44495343;

type AnySocket = Socket<'inet'>;

const loopback = (family: typeof AF_INET) => ({ host: family === AF_INET ? '127.0.0.1' : '::1', port: 0 });

function open(family = AF_INET, services: readonly number[] = [DISC]): AnySocket {
  const socket = new Socket(family, SOCK_DCCP, IPPROTO_DCCP);
  socket.setOption(dccp.service, services);
  return socket;
}

function listening(family = AF_INET, services?: readonly number[]): AnySocket {
  const socket = open(family, services);
  socket.bind(loopback(family));
  socket.listen();
  return socket;
}

const has = hasSocket(AF_INET, SOCK_DCCP, IPPROTO_DCCP);

test('a kernel without DCCP is an error with advice', {
  skip: has && 'this kernel has it',
}, () => {
  assert.throws(
    () => new Socket(AF_INET, SOCK_DCCP, IPPROTO_DCCP),
    (error: Error) =>
      error instanceof UnsupportedError && /modprobe -a dccp_ipv4 dccp_ipv6.*6\.16/.test(error.message),
  );
});

const skip = isLinuxSince('6.16')
  ? 'DCCP is gone since Linux 6.16: npm run test:vm'
  : needsSocket('DCCP', AF_INET, SOCK_DCCP, IPPROTO_DCCP);

describe('DCCP', { skip }, () => {
  for (const family of [AF_INET, AF_INET6 as unknown as typeof AF_INET]) {
    test(`datagrams are exchanged over a connection, in both faces: ${loopback(family).host}`, async () => {
      using server = listening(family);
      using client = open(family);
      await client.connect(server.getsockname(), wait);
      const { socket, address } = await server.accept(wait);
      using peer = socket;
      assert.deepEqual(address, client.getsockname());
      assert.deepEqual(
        [peer.type, peer.protocol, typeName(peer.type)],
        [SOCK_DCCP, IPPROTO_DCCP, 'SOCK_DCCP'],
      );
      assert.equal(await client.send('one', wait), 3);
      client.sendSync('two');
      // Each datagram arrives separately, and what does not fit is lost.
      assert.equal(String(await peer.recv(2, wait)), 'on');
      assert.equal(String(peer.recvSync(100)), 'two');
      assert.equal(await peer.send('three', wait), 5);
      const { data, address: from } = await client.recvfrom(100, wait);
      assert.deepEqual([String(data), from], ['three', null]);
      const most = client.getOption(dccp.getCurMps);
      assert.equal(await client.send(Buffer.alloc(most), wait), most);
      assert.equal((await peer.recv(65536, wait)).length, most);
      await assert.rejects(client.send(Buffer.alloc(most + 1), wait), { code: 'EMSGSIZE' });
      peer.setOption(dccp.serverTimewait, false);
      client.close();
      assert.equal((await peer.recv(100, wait)).length, 0, 'the end');
    });
  }

  test('a client needs a service code of the server', async () => {
    using server = listening(AF_INET, [DISC, 0x1234, 77]);
    assert.deepEqual(server.getOption(dccp.service), [DISC, 0x1234, 77]);
    using client = open(AF_INET, [77]);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    assert.deepEqual(peer.getOption(dccp.service).slice(0, 1), [77]);
    using stranger = open(AF_INET, [78]);
    await assert.rejects(stranger.connect(server.getsockname(), wait), { code: 'EBADRQC' });
    assert.throws(() => client.setOption(dccp.service, []), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => client.setOption(dccp.service, [2 ** 32]), { code: 'ERR_OUT_OF_RANGE' });
  });

  test('an unused port is ECONNREFUSED', async () => {
    using server = listening();
    const address = server.getsockname();
    server.close();
    using client = open();
    await assert.rejects(client.connect(address, wait), { name: 'ConnectionRefusedError' });
  });

  test('congestion control and checksum coverage are negotiated', async () => {
    using server = listening();
    using client = open();
    client.setOption(dccp.txCcid, [DCCPC_CCID3]); // a single value: otherwise the server's preference decides
    client.setOption(dccp.sendCscov, 3);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    assert.deepEqual(
      [client.getOption(dccp.txCcid), peer.getOption(dccp.rxCcid)],
      [DCCPC_CCID3, DCCPC_CCID3],
    );
    assert.deepEqual(
      [client.getOption(dccp.rxCcid), peer.getOption(dccp.txCcid)],
      [DCCPC_CCID2, DCCPC_CCID2],
    );
    assert.ok(client.getOption(dccp.ccidTxInfo).length >= 24, 'struct tfrc_tx_info');
    assert.equal(client.getOption(dccp.sendCscov), 3);
    await client.send('rated', wait);
    assert.equal(String(await peer.recv(100, wait)), 'rated');
  });

  test('more datagrams than the queue holds are sent in sequence, in both faces', async () => {
    using server = listening();
    using client = open();
    client.setOption(dccp.qpolicyTxqlen, 3);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    const numbers: number[] = [];
    const reading = (async () => {
      for (;;) {
        const data = await peer.recv(2000, wait);
        if (data.length === 0) return;
        numbers.push(Number(String(data)));
      }
    })();
    const COUNT = 200;
    for (let i = 0; i < COUNT; i++) await client.send(`${i}`.padEnd(1000), wait);
    client.timeout = 20_000;
    for (let i = COUNT; i < 2 * COUNT; i++) {
      client.sendSync(`${i}`.padEnd(1000));
      await new Promise(resolve => setImmediate(resolve));
    }
    client.close();
    await reading;
    // No datagram is duplicated or reordered. A full receiver drops datagrams.
    assert.ok(numbers.length > 50, `${numbers.length} arrived`);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
    );
  });

  test('packets have a priority if the policy sends by priority', async () => {
    using server = listening();
    using client = open();
    client.setOption(dccp.qpolicyId, DCCPQ_POLICY_PRIO);
    await client.connect(server.getsockname(), wait);
    using peer = (await server.accept(wait)).socket;
    await client.sendmsg({ data: 'urgent', control: [dccpPriority(7)] }, wait);
    assert.equal(String(await peer.recv(100, wait)), 'urgent');
    using plain = open();
    await plain.connect(server.getsockname(), wait);
    const message = { data: 'x', control: [dccpPriority(7)] };
    await assert.rejects(plain.sendmsg(message, wait), { code: 'EINVAL' }, 'no priorities there');
  });

  test('Python connects to us, and we connect to Python', { skip: withoutPython }, async () => {
    using server = listening();
    const setup = `
import socket, struct
s = socket.socket(socket.AF_INET, ${SOCK_DCCP}, ${IPPROTO_DCCP})
s.setsockopt(${SOL_DCCP}, 2, struct.pack('!I', ${DISC}))`;
    const clients = `${setup}
s.connect(('127.0.0.1', ${server.getsockname().port}))
s.send(b'from'); s.send(b'Python')
print(s.recv(100))
s.close()`;
    await using theirs = new Child(python, ['-c', clients]);
    using peer = (await server.accept(wait)).socket;
    assert.equal(String(await peer.recv(100, wait)), 'from');
    assert.equal(String(await peer.recv(100, wait)), 'Python');
    await peer.send('hello', wait);
    assert.equal((await theirs.ends()).trim(), "b'hello'");
    const servers = `${setup}
s.bind(('127.0.0.1', 0))
s.listen()
print('port', s.getsockname()[1], flush=True)
c, address = s.accept()
c.send(c.recv(100).upper())
c.recv(100)`;
    await using listener = new Child(python, ['-c', servers]);
    const port = Number((await listener.prints(/port (\d+)/))[1]);
    using client = open();
    client.connectSync({ host: '127.0.0.1', port });
    client.sendSync('berkeley');
    assert.equal(String(client.recvSync(100)), 'BERKELEY');
    client.close();
    await listener.ends();
  });
});
