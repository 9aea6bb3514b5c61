/** J1939 NAMEs and the addresses that they claim, against the kernel's table, j1939acd and testj1939. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_CAN,
  CAN_J1939,
  J1939_IDLE_ADDR,
  J1939_NO_ADDR,
  J1939_PGN_ADDRESS_CLAIMED,
  J1939_PGN_MAX,
  J1939_PGN_PDU1_MAX,
  J1939_PGN_REQUEST,
  packJ1939Claim,
  packJ1939Name,
  parseJ1939Name,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';
import { j1939DestAddr, j1939DestName, spaceFor } from 'berkeley/control';
import { canJ1939 } from 'berkeley/options';
import { needsTwoBuses, openNode, otherVcan, vcan } from '../support/can.js';
import { failureOr } from '../support/failure.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 10_000 };
const pgn = 0x12300;
const everyone = { interface: vcan, pgn: J1939_PGN_ADDRESS_CLAIMED, address: J1939_NO_ADDR };

const nameOf = (identityNumber: number): bigint =>
  packJ1939Name({ identityNumber, manufacturerCode: 0x123, function: 9, arbitraryAddressCapable: true });

const hex = (name: bigint): string => name.toString(16).padStart(16, '0');

/** A claim is made from the address that the socket is bound to. */
async function claim(socket: Socket<'can'>, name: bigint, address: number): Promise<void> {
  socket.bind({ interface: vcan, name, address });
  await socket.sendto(packJ1939Claim(name), everyone, wait);
}

/** A node that claims an address. */
async function openClaimant(name: bigint, address: number): Promise<Socket<'can'>> {
  const socket = openNode(J1939_IDLE_ADDR, { name });
  await claim(socket, name, address);
  return socket;
}

/** Waits until a node may send: its address was not contested for 250 ms. */
async function untilOwner(socket: Socket<'can'>, to: { name?: bigint; address?: number }): Promise<void> {
  await waitFor('the address is claimed', async () => {
    const result = await failureOr(() => socket.sendto('', { interface: vcan, pgn, ...to }, wait));
    return typeof result === 'number';
  });
}

describe('a J1939 NAME', { skip: needsTwoBuses(CAN_J1939, SOCK_DGRAM) }, () => {
  test('claims an address, sends from it, and receives messages to it', async () => {
    const [one, two] = [nameOf(1), nameOf(2)];
    using unclaimed = openNode(J1939_IDLE_ADDR, { name: nameOf(3) });
    const homeless = { code: 'EADDRNOTAVAIL', hint: /not claimed an address/ };
    await assert.rejects(unclaimed.sendto('x', { interface: vcan, pgn, address: 0x40 }), homeless);
    using a = await openClaimant(one, 0x80);
    using b = await openClaimant(two, 0x81);
    using listener = openNode(0x40);
    listener.setOption(canJ1939.filter, [
      { pgn, pgnMask: J1939_PGN_MAX, name: two, nameMask: 0xffffffffffffffffn },
    ]);
    await untilOwner(a, { address: 0x40 });
    await untilOwner(b, { address: 0x40 });
    await a.sendto('from one', { interface: vcan, pgn, address: 0x40 }, wait);
    await b.sendto('from two', { interface: vcan, pgn, address: 0x40 }, wait);
    let heard = await listener.recvfrom(100, wait);
    while (heard.data.length === 0) heard = await listener.recvfrom(100, wait);
    assert.equal(String(heard.data), 'from two');
    assert.deepEqual(heard.address, { family: 'can', interface: vcan, name: two, pgn, address: 0x81 });
    b.setOption(canJ1939.filter, [{ pgn, pgnMask: J1939_PGN_MAX }]);
    await a.sendto('for two', { interface: vcan, pgn, name: two }, wait);
    let message = await b.recvmsg(100, { control: spaceFor(j1939DestAddr, j1939DestName, 64), ...wait });
    while (String(message.data) !== 'for two') message = await b.recvmsg(100, { control: 256, ...wait });
    const { control, address } = message;
    assert.deepEqual([j1939DestAddr.find(control), j1939DestName.find(control)], [0x81, two]);
    assert.deepEqual(address, { family: 'can', interface: vcan, name: one, pgn, address: 0x80 });
    await assert.rejects(a.sendto('x', { interface: vcan, pgn, name: nameOf(9) }), homeless);
  });

  test('with a higher value loses the address to a lower one, and can claim another', async () => {
    using high = await openClaimant(nameOf(11), 0x82);
    await untilOwner(high, { address: 0x40 });
    using low = await openClaimant(nameOf(10), 0x82);
    const to = { interface: vcan, pgn, address: 0x40 };
    await waitFor('the address is lost', async () => {
      const result = await failureOr(() => high.sendto('x', to, wait));
      return (result as { code?: string }).code === 'EADDRNOTAVAIL';
    });
    await claim(high, nameOf(11), 0x83);
    await untilOwner(high, { address: 0x40 });
    await untilOwner(low, { address: 0x40 });
  });

  test('competes with j1939acd, which yields to a lower one and not to a higher', async () => {
    const [theirs, lower, higher] = [nameOf(100), nameOf(50), nameOf(200)];
    using watcher = openNode(0x41);
    watcher.setOption(canJ1939.filter, [
      {
        pgn: J1939_PGN_ADDRESS_CLAIMED,
        pgnMask: J1939_PGN_PDU1_MAX,
        name: theirs,
        nameMask: 0xffffffffffffffffn,
      },
    ]);
    await using daemon = new Child('j1939acd', ['-v', '-r', '0x90-0x91', hex(theirs), vcan]);
    const first = await watcher.recvfrom(8, wait);
    assert.deepEqual(first.data, packJ1939Claim(theirs));
    assert.equal(parseJ1939Name(first.data).identityNumber, 100);
    assert.deepEqual([(first.address as { address: number }).address, theirs], [0x90, theirs]);
    await daemon.prints(/claimed 0x90/);
    using winner = await openClaimant(lower, 0x90);
    await daemon.prints(/collision for 0x90/);
    await daemon.prints(/claimed 0x91/);
    // If two claim within the same 250 ms, the kernel may remove either (j1939_ecu_map_locked, Linux 7.3).
    await untilOwner(winner, { name: theirs });
    using loser = await openClaimant(higher, 0x91);
    await daemon.prints(/collision for 0x91/);
    const homeless = { code: 'EADDRNOTAVAIL' };
    await untilOwner(winner, { name: theirs });
    await assert.rejects(loser.sendto('x', { interface: vcan, pgn, address: 0x40 }, wait), homeless);
  });

  test('of j1939acd can be used by testj1939 to receive and to send', async () => {
    const theirs = nameOf(101);
    using socket = openNode(0x20);
    socket.setOption(canJ1939.filter, [{ pgn, pgnMask: J1939_PGN_MAX }]);
    await using daemon = new Child('j1939acd', ['-v', '-r', '0x92', hex(theirs), vcan]);
    await daemon.prints(/claimed 0x92/);
    await using peer = new Child('testj1939', ['-r', '-e', '-v', `${vcan}:,0x12300,0x${hex(theirs)}`]);
    await peer.prints(/recvfrom/);
    await untilOwner(socket, { name: theirs });
    await socket.sendto('12345678', { interface: vcan, pgn, name: theirs }, wait);
    let echo = await socket.recvfrom(100, wait);
    while (echo.data.length === 0) echo = await socket.recvfrom(100, wait);
    assert.equal(String(echo.data), '12345678');
    assert.deepEqual(echo.address, { family: 'can', interface: vcan, name: theirs, pgn, address: 0x92 });
  });

  test('receives requests for address claims', async () => {
    using node = await openClaimant(nameOf(1), 0x84);
    node.setOption(canJ1939.filter, [{ pgn: J1939_PGN_REQUEST, pgnMask: J1939_PGN_PDU1_MAX }]);
    using asker = openNode(0x85);
    await asker.sendto(Buffer.of(0, 0xee, 0), { ...everyone, pgn: J1939_PGN_REQUEST }, wait);
    const { data, address } = await node.recvfrom(8, wait);
    assert.deepEqual(data, Buffer.of(0, 0xee, 0));
    assert.equal((address as { address: number }).address, 0x85);
  });

  test('can claim only for itself, from an address, to all', async () => {
    using socket = openNode(0x86, { name: nameOf(1) });
    const wrong = { code: 'EPROTO', hint: /own NAME/ };
    await assert.rejects(socket.sendto(packJ1939Claim(nameOf(2)), everyone, wait), wrong);
    await assert.rejects(socket.sendto(packJ1939Claim(nameOf(1)).subarray(1), everyone, wait), wrong);
    await assert.rejects(
      socket.sendto(packJ1939Claim(nameOf(1)), { ...everyone, address: 0x20 }, wait),
      wrong,
    );
  });

  test('is required: an invalid address is refused with advice', async () => {
    using socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_J1939);
    const to = { interface: vcan, pgn, address: 0x20 };
    await assert.rejects(socket.sendto('x', to), { code: 'EBADFD', hint: /not bound to an address/ });
    assert.throws(() => socket.bind({ interface: vcan }), {
      code: 'EINVAL',
      message: /a J1939 address has name, pgn or address/,
    });
    assert.throws(() => socket.bind({ interface: '', address: 1 }), {
      code: 'ENODEV',
      message: /needs one interface/,
    });
    assert.throws(() => socket.bind({ interface: 'lo', address: 1 }), { code: 'ENODEV' });
    await assert.rejects(socket.connect(to), { code: 'EINVAL', hint: /bind first/ });
    socket.bind({ interface: vcan, address: 0x87 });
    await assert.rejects(socket.sendto('x', { ...to, pgn: 0x12301 }), {
      code: 'EINVAL',
      hint: /last byte of a PGN/,
    });
    await assert.rejects(socket.sendto('x', everyone), { code: 'EACCES', hint: /SO_BROADCAST/ });
    await assert.rejects(socket.connect(everyone), { name: 'PermissionError', hint: /SO_BROADCAST/ });
    assert.throws(() => socket.bind({ interface: otherVcan, address: 1 }), {
      code: 'EINVAL',
      message: /another interface/,
    });
  });
});
