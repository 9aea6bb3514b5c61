/** AF_BLUETOOTH between two virtual controllers of btvirt, against the kernel and BlueZ’s l2test and rctest. */
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
  HCI_CHANNEL_RAW,
  HCI_CHANNEL_USER,
  HCI_FILTER,
  HCI_MAX_EVENT_SIZE,
  parseAddress,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOL_HCI,
  Socket,
} from 'berkeley';
import { needsSocket } from '../support/kernel.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 20_000 };
const [psm, channel] = [0x1011, 5];
const [headEvent, commandComplete] = [4, 0x0e];

const hciconfig = (...args: string[]): Promise<string> => new Child('hciconfig', args).ends();

/** Makes two controllers and brings them up; gives their addresses. */
async function startControllers(): Promise<{ air: Child; addresses: string[] }> {
  const air = new Child('btvirt', ['-l2']);
  const addresses: string[] = [];
  for (const controller of ['hci0', 'hci1']) {
    await waitFor(`${controller} is up`, () =>
      hciconfig(controller, 'up', 'piscan').then(
        () => true,
        () => false,
      ),
    );
    addresses.push(/BD Address: (\S+)/.exec(await hciconfig(controller))![1]!);
  }
  return { air, addresses };
}

/** Accepts the connection of a program, whose words explain why there is none. */
async function acceptFrom(theirs: Child, server: Socket<'bluetooth'>): Promise<Accepted<'bluetooth'>> {
  return server.accept(wait).catch(cause => {
    throw new Error(`no connection from: ${theirs.output}`, { cause });
  });
}

/** A frame as l2test and rctest send them: its number, its length, and filling. */
function isTestFrame(frame: Buffer, number: number, length: number): void {
  assert.deepEqual([frame.length, frame.readUInt32LE(0), frame.readUInt16LE(4)], [length, number, length]);
  assert.ok(frame.subarray(6).every(byte => byte === 0x7f));
}

describe('AF_BLUETOOTH', { skip: needsSocket('AF_BLUETOOTH', AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI) }, () => {
  let air: Child;
  let [one, two] = ['', ''];
  before(async () => {
    const controllers = await startControllers();
    air = controllers.air;
    [one = '', two = ''] = controllers.addresses;
  });
  after(() => air[Symbol.asyncDispose]());
  // The kernel keeps a link for two seconds, in case it is used again; each test shall make its own.
  beforeEach(() =>
    waitFor('no link is left', async () => !/handle/.test(await new Child('hcitool', ['con']).ends())),
  );

  test('L2CAP: l2test hears us', async () => {
    await using theirs = new Child('l2test', ['-d', '-i', 'hci1', '-P', String(psm)]);
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
    await socket.send('berkeley', 0, wait);
    await theirs.prints(/Received 8 bytes/i);
  });

  test('L2CAP: we hear l2test, on any controller', async () => {
    using server = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);
    server.bind({ address: BDADDR_ANY, psm });
    server.listen();
    await using theirs = new Child('l2test', [
      '-s',
      '-i',
      'hci1',
      '-P',
      String(psm),
      '-b',
      '100',
      '-N',
      '5',
      '-g', // or what has not gone yet is lost
      '2000',
      one,
    ]);
    const { socket, address } = await acceptFrom(theirs, server);
    using peer = socket;
    assert.equal((address as { address: string }).address, two);
    for (let i = 0; i < 5; i++) isTestFrame(await peer.recv(672, 0, wait), i, 100);
    await theirs.ends();
  });

  test('L2CAP and RFCOMM: two of ours, in the Sync face', async () => {
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
      await peer.send('back', 0, wait);
      assert.equal(String(client.recvSync(10)), 'back');
    }
  });

  test('RFCOMM: rctest hears us', async () => {
    await using theirs = new Child('rctest', ['-d', '-i', 'hci1', '-P', String(channel)]);
    await theirs.prints(/Waiting for connection/);
    using socket = new Socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
    socket.bind({ address: one, channel: 0 });
    await socket.connect({ address: two, channel }, wait);
    assert.deepEqual(socket.getpeername(), { family: 'bluetooth', address: two, channel });
    assert.deepEqual(parseAddress(formatAddress(socket.getpeername())), socket.getpeername());
    await socket.send('berkeley', 0, wait);
    await theirs.prints(/Received 8 bytes/i);
  });

  test('RFCOMM: we hear rctest', async () => {
    using server = new Socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
    server.bind({ address: BDADDR_ANY, channel: channel + 1 });
    server.listen();
    const args = ['-s', '-i', 'hci1', '-P', String(channel + 1), '-b', '100', '-N', '5', one];
    await using theirs = new Child('rctest', args);
    const { socket, address } = await acceptFrom(theirs, server);
    using peer = socket;
    assert.equal((address as { address: string }).address, two);
    const parts: Buffer[] = [];
    while (Buffer.concat(parts).length < 500) parts.push(await peer.recv(1000, 0, wait));
    const data = Buffer.concat(parts);
    for (let i = 0; i < 5; i++) isTestFrame(data.subarray(i * 100, i * 100 + 100), i, 100);
    await theirs.ends();
  });

  test('HCI: a command to a controller is answered, on the raw channel and on that of a user', async () => {
    // The first controller is no good for a user: btvirt answers it only once the second is there, which is after the
    // kernel has given up setting it up, and it counts as being set up ever since.
    await hciconfig('hci1', 'down');
    for (const address of [
      { device: 0, channel: HCI_CHANNEL_RAW },
      { device: 1, channel: HCI_CHANNEL_USER },
    ]) {
      using socket = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
      socket.timeout = wait.timeout;
      socket.bind(address);
      assert.deepEqual(socket.getsockname(), { family: 'bluetooth', ...address });
      // struct hci_filter: the types of packets, the events (all), an opcode (any)
      const filter = Buffer.concat([Buffer.alloc(4), Buffer.alloc(8, 0xff), Buffer.alloc(4)]);
      filter.writeUInt32LE(1 << headEvent, 0);
      if (address.device === 0) socket.setsockopt(SOL_HCI, HCI_FILTER, filter);
      await socket.send(Buffer.from('01011000', 'hex'), 0, wait); // Read Local Version Information
      const event = await socket.recv(HCI_MAX_EVENT_SIZE, 0, wait);
      assert.deepEqual(
        [event[0], event[1], event.readUInt16LE(4), event[6]],
        [headEvent, commandComplete, 0x1001, 0],
      );
      socket.sendSync(Buffer.from('01091000', 'hex')); // Read BD_ADDR
      const read = socket.recvSync(HCI_MAX_EVENT_SIZE).subarray(7, 13).reverse().toString('hex');
      const expected = address.device === 0 ? one : two;
      assert.equal(read.toUpperCase(), expected.replaceAll(':', ''));
    }
    await hciconfig('hci1', 'up');
  });

  test('SCO: an address is a device', () => {
    using socket = new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO);
    socket.bind({ address: one.toLowerCase() });
    assert.deepEqual(socket.getsockname(), { family: 'bluetooth', address: one });
    assert.deepEqual(parseAddress(formatAddress(socket.getsockname())), socket.getsockname());
  });

  test('a controller that is not there is named', () => {
    using hci = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
    assert.throws(() => hci.bind({ device: 77 }), { code: 'ENODEV', address: 'bluetooth:hci:77:0' });
  });

  test('addresses that are none are said before the kernel sees them', () => {
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
