/** CAN_J1939 (SAE J1939), against testj1939. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_CAN,
  CAN_J1939,
  formatAddress,
  J1939_NO_ADDR,
  J1939_NO_PGN,
  parseAddress,
  SO_BROADCAST,
  SO_J1939_PROMISC,
  SO_J1939_SEND_PRIO,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
} from 'berkeley';
import { SOL_CAN_J1939 } from 'berkeley/constants';
import { canJ1939 } from 'berkeley/options';
import { needsCan, openNode, vcan } from '../support/can.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };
const silent = { timeout: 150 };
/** A PGN that goes to one node, and one that goes to all. */
const [toOne, toAll] = [0x12300, 0xfeee];

describe('CAN_J1939', { skip: needsCan(CAN_J1939, SOCK_DGRAM) }, () => {
  test('a message goes from node to node, in one or several frames, in both faces', async () => {
    using a = openNode(0x20);
    using b = openNode(0x30);
    const here = a.getsockname();
    assert.deepEqual(here, { family: 'can', interface: vcan, name: 0n, pgn: J1939_NO_PGN, address: 0x20 });
    assert.deepEqual(parseAddress(formatAddress(here)), here);
    assert.equal(
      formatAddress({ family: 'can', interface: vcan, address: 0x20 } as never),
      formatAddress(here),
    );
    const to = { interface: vcan, pgn: toOne, address: 0x30 };
    for (const data of [Buffer.from('12345678'), Buffer.alloc(1785, 'j'), Buffer.alloc(5000, 'J')]) {
      await a.sendto(data, to, wait);
      const received = await b.recvfrom(8192, wait);
      assert.deepEqual(received.data, data);
      // The kernel does not report the interface of a message that it assembled from several frames (Linux
      // 6.1).
      const networkInterface = data.length > 8 ? received.address!.interface : vcan;
      assert.ok(['', vcan].includes(networkInterface));
      assert.deepEqual(received.address, { ...here, interface: networkInterface, pgn: toOne });
      await b.sendto('ok', { interface: vcan, pgn: toOne, address: 0x20 }, wait);
      assert.equal(String(await a.recv(10, wait)), 'ok');
    }
    a.sendtoSync('sync', to);
    assert.equal(String(b.recvSync(10)), 'sync');
  });

  test('a broadcast reaches all nodes, and needs SO_BROADCAST', async () => {
    using a = openNode(0x20);
    using b = openNode(0x30);
    using c = openNode(0x40);
    const everyone = { interface: vcan, pgn: toAll, address: J1939_NO_ADDR };
    await a.sendto('all of you', everyone, wait);
    for (const socket of [b, c]) assert.equal(String(await socket.recv(100, wait)), 'all of you');
    a.setsockopt(SOL_SOCKET, SO_BROADCAST, 0);
    await assert.rejects(a.sendto('x', everyone), {
      code: 'EACCES',
      address: formatAddress({ ...a.getsockname(), ...everyone } as never),
    });
  });

  test('filters select by PGN and by sender; priority and promiscuous mode can be read', async () => {
    using a = openNode(0x20);
    using b = openNode(0x30);
    using listener = openNode(0x40);
    listener.setOption(canJ1939.filter, [{ address: 0x30, addressMask: 0xff }]);
    const to = { interface: vcan, pgn: toOne, address: 0x40 };
    await a.sendto('from a', to, wait);
    await b.sendto('from b', to, wait);
    assert.equal(String(await listener.recv(100, wait)), 'from b');
    listener.setOption(canJ1939.filter, [{ pgn: 0x12400, pgnMask: 0x3ff00 }]);
    await a.sendto('wrong group', to, wait);
    await a.sendto('right group', { ...to, pgn: 0x12400 }, wait);
    assert.equal(String(await listener.recv(100, wait)), 'right group');
    await assert.rejects(listener.recv(100, silent), { name: 'TimeoutError' });
    assert.deepEqual(
      [a.getsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO), a.getsockopt(SOL_CAN_J1939, SO_J1939_PROMISC)],
      [6, 0],
    );
    a.setsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO, 3);
    assert.equal(a.getsockopt(SOL_CAN_J1939, SO_J1939_SEND_PRIO), 3);
  });

  test('testj1939 receives our messages, and we receive its messages', async () => {
    using socket = openNode(0x20);
    await using echo = new Child('testj1939', ['-B', '-r', '-e', '-v', `${vcan}:0x90`]);
    await echo.prints(/recv|while/);
    const to = { interface: vcan, pgn: toOne, address: 0x90 };
    await socket.sendto(Buffer.from('berkeley'), to, wait);
    const { data, address } = await socket.recvfrom(100, wait);
    assert.equal(String(data), 'berkeley');
    assert.deepEqual(address, { family: 'can', interface: vcan, name: 0n, pgn: toOne, address: 0x90 });
    await new Child('testj1939', ['-B', '-s100', `${vcan}:0x80`, ':0x20,0x12300']).ends();
    const sent = await socket.recvfrom(200, wait);
    const expected = { ...address, interface: sent.address!.interface, address: 0x80 };
    assert.deepEqual([sent.data.length, sent.address], [100, expected]);
  });

  test('invalid addresses are refused before the system call', () => {
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_J1939);
    const bad = (address: object, argument: RegExp) =>
      assert.throws(() => socket.bind({ interface: vcan, ...address }), { message: argument, code: /^ERR_/ });
    bad({ address: 256 }, /address\.address/);
    bad({ pgn: J1939_NO_PGN + 1 }, /address\.pgn/);
    bad({ name: 1 }, /address\.name/);
    bad({ name: 2n ** 64n }, /address\.name/);
  });
});
