/**
 * AF_BLUETOOTH between two virtual controllers of btvirt, against the kernel and BlueZ’s l2test and rctest.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type Accepted,
  AF_BLUETOOTH,
  BDADDR_ANY,
  BTPROTO_HCI,
  BTPROTO_L2CAP,
  BTPROTO_RFCOMM,
  BTPROTO_SCO,
  formatAddress,
  HCI_FILTER,
  parseAddress,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOL_HCI,
  Socket,
} from 'berkeley';
import {
  BT_PHY_BR_1M_1SLOT,
  HCI_CHANNEL_RAW,
  HCI_CHANNEL_USER,
  HCI_MAX_EVENT_SIZE,
  L2CAP_MODE_BASIC,
  L2CAP_MODE_ERTM,
} from 'berkeley/constants';
import { bluetooth, l2cap } from 'berkeley/options';
import { type Air, hciconfig, needsBluetooth, startAir, waitForSilence } from '../support/bluetooth.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
const [psm, channel] = [0x1011, 5];
const [headEvent, commandComplete] = [4, 0x0e];

/** Retransmission and an MTU of 400 bytes, in the structure that SOL_L2CAP has for both (l2cap_options). */
const theirServer = (address: string): string => `
import socket, struct
with socket.socket(socket.AF_BLUETOOTH, socket.SOCK_SEQPACKET, socket.BTPROTO_L2CAP) as s:
    s.settimeout(60)
    s.bind(('${address}', ${psm}))
    omtu, imtu, *rest = struct.unpack('=HHHBBBxH', s.getsockopt(6, 1, 12))
    s.setsockopt(6, 1, struct.pack('=HHHBBBxH', omtu, 400, rest[0], ${L2CAP_MODE_ERTM}, *rest[2:]))
    s.listen(1)
    print('listening', flush=True)
    c, address = s.accept()
    with c:
        print(f'from {address[0]}, mode', c.getsockopt(6, 1, 12)[6])
        print([int(c.recv(1000).rstrip(b'.')) for _ in range(20)], flush=True)
`;

/** Accepts the connection of a program. If none arrives, the error contains the output of the program. */
async function acceptFrom(theirs: Child, server: Socket<'bluetooth'>): Promise<Accepted<'bluetooth'>> {
  return server.accept(wait).catch(cause => {
    throw new Error(`no connection from: ${theirs.output}`, { cause });
  });
}

/** A frame in the format of l2test and rctest: its number, its length, and filling. */
function isTestFrame(frame: Buffer, number: number, length: number): void {
  assert.deepEqual([frame.length, frame.readUInt32LE(0), frame.readUInt16LE(4)], [length, number, length]);
  assert.ok(frame.subarray(6).every(byte => byte === 0x7f));
}

describe('AF_BLUETOOTH', { skip: needsBluetooth }, () => {
  let air: Air;
  let [one, two, hci] = ['', '', ''];
  before(async () => {
    air = await startAir();
    [one, two, hci] = [air.one.address, air.two.address, air.two.name];
  });
  after(() => air?.[Symbol.asyncDispose]());
  // Each test has to create its own link.
  beforeEach(waitForSilence);

  test('L2CAP: l2test receives our frames', async () => {
    await using theirs = new Child('l2test', ['-d', '-i', hci, '-P', String(psm)]);
    await theirs.prints(/Waiting for connection/);
    using socket = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
    socket.bind({ address: one, psm: 0 });
    await socket.connect({ address: two.toLowerCase(), psm }, wait);
    const peer = socket.getpeername();
    assert.deepEqual(peer, {
      family: 'bluetooth',
      address: two,
      psm,
      cid: (peer as { cid: number }).cid,
      addressType: 0,
    });
    assert.deepEqual(parseAddress(formatAddress(peer)), peer);
    assert.equal(socket.getOption(bluetooth.phy) & BT_PHY_BR_1M_1SLOT, BT_PHY_BR_1M_1SLOT);
    await socket.send('berkeley', wait);
    await theirs.prints(/Received 8 bytes/i);
  });

  test('L2CAP: options select the mode of a channel, and Python reads the same', {
    skip: withoutPython,
  }, async () => {
    await using theirs = new Child(python, ['-c', theirServer(two)]);
    await theirs.prints(/listening/);
    using socket = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
    socket.bind({ address: one, psm: 0 });
    const options = socket.getOption(l2cap.options);
    assert.equal(options.mode, L2CAP_MODE_BASIC);
    socket.setOption(l2cap.options, { ...options, mode: L2CAP_MODE_ERTM, imtu: 500, maxTx: 5, txwinSize: 7 });
    await socket.connect({ address: two, psm }, wait);
    const { mode, imtu, omtu } = socket.getOption(l2cap.options);
    assert.deepEqual([mode, imtu, omtu], [L2CAP_MODE_ERTM, 500, 400]);
    await assert.rejects(socket.send(Buffer.alloc(401), wait), { code: 'EMSGSIZE' });
    for (let i = 0; i < 20; i++) await socket.send(`${i}`.padEnd(400, '.'), wait);
    const output = await theirs.ends();
    assert.match(output, new RegExp(`from ${one}, mode ${L2CAP_MODE_ERTM}`));
    assert.match(output, /\[0, 1, 2, .*, 19\]/);
  });

  test('L2CAP: we receive the frames of l2test, on any controller', async () => {
    using server = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
    server.bind({ address: BDADDR_ANY, psm });
    server.listen();
    await using theirs = new Child('l2test', [
      '-s',
      '-i',
      hci,
      '-P',
      String(psm),
      '-b',
      '100',
      '-N',
      '5',
      '-g', // or unsent data is lost
      '2000',
      one,
    ]);
    const { socket, address } = await acceptFrom(theirs, server);
    using peer = socket;
    assert.equal((address as { address: string }).address, two);
    for (let i = 0; i < 5; i++) isTestFrame(await peer.recv(672, wait), i, 100);
    await theirs.ends();
  });

  test('L2CAP and RFCOMM: both ends use this package, in the Sync face', async () => {
    for (const [type, protocol, at] of [
      [SOCK_SEQPACKET, BTPROTO_L2CAP, { psm: 0x1021 }],
      [SOCK_STREAM, BTPROTO_RFCOMM, { channel: 9 }],
    ] as const) {
      using server = new Socket(AF_BLUETOOTH, type, protocol);
      server.bind({ address: two, ...at });
      server.listen();
      using client = new Socket(AF_BLUETOOTH, type, protocol);
      await client.connect({ address: two, ...at }, wait);
      using peer = server.acceptSync().socket;
      const data = randomBytes(600);
      client.sendSync(data);
      const parts: Buffer[] = [];
      while (Buffer.concat(parts).length < data.length) parts.push(peer.recvSync(672));
      assert.deepEqual(Buffer.concat(parts), data);
      await peer.send('back', wait);
      assert.equal(String(client.recvSync(10)), 'back');
    }
  });

  test('RFCOMM: rctest receives our frames', async () => {
    await using theirs = new Child('rctest', ['-d', '-i', hci, '-P', String(channel)]);
    await theirs.prints(/Waiting for connection/);
    using socket = new Socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
    socket.bind({ address: one, channel: 0 });
    await socket.connect({ address: two, channel }, wait);
    assert.deepEqual(socket.getpeername(), { family: 'bluetooth', address: two, channel });
    assert.deepEqual(parseAddress(formatAddress(socket.getpeername())), socket.getpeername());
    await socket.send('berkeley', wait);
    await theirs.prints(/Received 8 bytes/i);
  });

  test('RFCOMM: we receive the frames of rctest', async () => {
    using server = new Socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
    server.bind({ address: BDADDR_ANY, channel: channel + 1 });
    server.listen();
    const args = ['-s', '-i', hci, '-P', String(channel + 1), '-b', '100', '-N', '5', one];
    await using theirs = new Child('rctest', args);
    const { socket, address } = await acceptFrom(theirs, server);
    using peer = socket;
    assert.equal((address as { address: string }).address, two);
    const parts: Buffer[] = [];
    while (Buffer.concat(parts).length < 500) parts.push(await peer.recv(1000, wait));
    const data = Buffer.concat(parts);
    for (let i = 0; i < 5; i++) isTestFrame(data.subarray(i * 100, i * 100 + 100), i, 100);
    await theirs.ends();
  });

  test('HCI: a controller answers a command, on the raw channel and on the user channel', async () => {
    await hciconfig(air.two.name, 'down'); // otherwise the channel cannot be exclusive
    for (const address of [
      { device: air.one.device, channel: HCI_CHANNEL_RAW },
      { device: air.two.device, channel: HCI_CHANNEL_USER },
    ]) {
      using socket = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
      socket.timeout = wait.timeout;
      socket.bind(address);
      assert.deepEqual(socket.getsockname(), { family: 'bluetooth', ...address });
      // struct hci_filter: packet types, events (all), an opcode (any)
      const filter = Buffer.concat([Buffer.alloc(4), Buffer.alloc(8, 0xff), Buffer.alloc(4)]);
      filter.writeUInt32LE(1 << headEvent, 0);
      if (address.device === air.one.device) socket.setsockopt(SOL_HCI, HCI_FILTER, filter);
      await socket.send(Buffer.from('01011000', 'hex'), wait); // Read Local Version Information
      const event = await socket.recv(HCI_MAX_EVENT_SIZE, wait);
      assert.deepEqual(
        [event[0], event[1], event.readUInt16LE(4), event[6]],
        [headEvent, commandComplete, 0x1001, 0],
      );
      socket.sendSync(Buffer.from('01091000', 'hex')); // Read BD_ADDR
      const read = socket.recvSync(HCI_MAX_EVENT_SIZE).subarray(7, 13).reverse().toString('hex');
      const expected = address.device === air.one.device ? one : two;
      assert.equal(read.toUpperCase(), expected.replaceAll(':', ''));
    }
    await hciconfig(air.two.name, 'up', 'piscan');
  });

  test('SCO: an address is a device', () => {
    using socket = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO);
    socket.bind({ address: one.toLowerCase() });
    assert.deepEqual(socket.getsockname(), { family: 'bluetooth', address: one });
    assert.deepEqual(parseAddress(formatAddress(socket.getsockname())), socket.getsockname());
  });

  test('a missing controller is named in the error', () => {
    using hci = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
    assert.throws(() => hci.bind({ device: 77 }), { code: 'ENODEV', address: 'bluetooth:hci:77:0' });
  });

  test('invalid addresses are refused before the system call', () => {
    using socket = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
    const bad = (address: object, argument: RegExp) =>
      assert.throws(() => socket.bind(address as never), { message: argument, code: /^ERR_/ });
    for (const address of [
      '',
      '00:11:22:33:44',
      '00:11:22:33:44:5g',
      '00-11-22-33-44-55',
      '00:11:22:33:44:55:66',
      7,
    ])
      bad({ address, psm }, /address\.address/);
    for (const wrong of [-1, 0x10000, 1.5]) bad({ address: BDADDR_ANY, psm: wrong }, /address\.psm/);
    bad({ address: BDADDR_ANY, psm, cid: 0x10000 }, /address\.cid/);
    bad({ address: BDADDR_ANY, psm, addressType: 256 }, /address\.addressType/);
    bad({ address: BDADDR_ANY, channel: 256 }, /address\.channel/);
    bad({ device: 0x10000 }, /address\.device/);
    bad({}, /"address"/);
    assert.throws(() => socket.bind({ address: BDADDR_ANY, psm: 0x1000 }), {
      code: 'EINVAL',
      syscall: 'bind',
    });
  });
});
