/**
 * L2CAP over low energy: credit-based channels between two controllers, against l2test; the fixed ATT
 * channel, against gatttool.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  AF_BLUETOOTH,
  BDADDR_ANY,
  BTPROTO_HCI,
  BTPROTO_L2CAP,
  formatAddress,
  type L2capAddress,
  parseAddress,
  SOCK_RAW,
  SOCK_SEQPACKET,
  Socket,
} from 'berkeley';
import {
  BDADDR_LE_PUBLIC,
  BDADDR_LE_RANDOM,
  BT_MODE_EXT_FLOWCTL,
  BT_MODE_LE_FLOWCTL,
  BT_SECURITY_LOW,
  HCI_CHANNEL_RAW,
  HCI_EVENT_PKT,
} from 'berkeley/constants';
import { bluetooth, hci, l2cap } from 'berkeley/options';
import { type Air, Management, needsBluetooth, startAir, waitForSilence } from '../support/bluetooth.js';
import { Child } from '../support/running.js';

const wait = { timeout: 25_000 };
const psm = 0x81;
/** The channel of the attribute protocol: the Bluetooth Core Specification, volume 3, part A, 2.1. */
const attribute = 4;

const open = (): Socket<'bluetooth'> => new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP);

/** A frame in the format of l2test: its number, its length, and filling. */
function isTestFrame(frame: Buffer, number: number, length: number): void {
  assert.deepEqual([frame.length, frame.readUInt32LE(0), frame.readUInt16LE(4)], [length, number, length]);
  assert.ok(frame.subarray(6).every(byte => byte === 0x7f));
}

/** Enables low energy on both controllers. The second advertises, so that the first finds it. */
async function startLowEnergy(air: Air): Promise<void> {
  using management = new Management();
  for (const { device } of [air.one, air.two])
    assert.equal((await management.ask(0x000d, device, '01')).status, 0, 'Set Low Energy');
  await advertise(air);
}

/** The kernel stops advertising when a client connects, and starts again only on request. */
async function advertise(air: Air): Promise<void> {
  using management = new Management();
  await management.ask(0x0029, air.two.device, '00');
  const { status } = await management.ask(0x0029, air.two.device, '02'); // and accepts connections
  assert.equal(status, 0, 'Set Advertising');
}

describe('L2CAP over low energy', { skip: needsBluetooth }, () => {
  let air: Air;
  before(async () => {
    air = await startAir();
    await startLowEnergy(air);
  });
  after(() => air?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await waitForSilence();
    await advertise(air);
  });

  const near = (more: object = {}) => ({
    address: air.one.address,
    psm: 0,
    addressType: BDADDR_LE_PUBLIC,
    ...more,
  });
  const far = (more: object = {}) => ({
    address: air.two.address,
    psm,
    addressType: BDADDR_LE_PUBLIC,
    ...more,
  });

  test('l2test receives our frames, and options and names describe the connection', async () => {
    const args = ['-d', '-i', air.two.name, '-V', 'le_public', '-P', String(psm), '-I', '300'];
    await using theirs = new Child('l2test', args);
    await theirs.prints(/Waiting for connection/);
    using socket = open();
    socket.bind(near());
    socket.setOption(bluetooth.rcvmtu, 256);
    await socket.connect(far(), wait);
    const peer = socket.getpeername() as L2capAddress;
    assert.deepEqual({ ...peer, cid: 0 }, { family: 'bluetooth', ...far(), cid: 0 });
    assert.ok(peer.cid >= 0x40, 'a channel of the dynamic ones');
    assert.deepEqual(parseAddress(formatAddress(peer)), peer);
    assert.equal(socket.getOption(bluetooth.rcvmtu), 256);
    assert.equal(socket.getOption(bluetooth.sndmtu), 300);
    assert.equal(socket.getOption(bluetooth.security).level, BT_SECURITY_LOW);
    const { handle } = socket.getOption(l2cap.conninfo);
    assert.match(
      await new Child('hcitool', ['con']).ends(),
      new RegExp(`LE ${air.two.address} handle ${handle} `),
    );
    await socket.send('berkeley', wait);
    await theirs.prints(/Received 8 bytes/i);
    await assert.rejects(socket.send(Buffer.alloc(301), wait), { code: 'EMSGSIZE' });
  });

  test('we receive more frames of l2test than it has credits for', async () => {
    using server = open();
    server.bind({ address: BDADDR_ANY, psm, addressType: BDADDR_LE_PUBLIC });
    server.listen();
    const args = ['-s', '-i', air.one.name, '-V', 'le_public', '-P', String(psm), '-b', '500', '-N', '30'];
    await using theirs = new Child('l2test', [...args, '-g', '3000', air.two.address]);
    const { socket, address } = await server.accept(wait).catch(cause => {
      throw new Error(theirs.output, { cause });
    });
    using peer = socket;
    const { cid: _, ...from } = address as L2capAddress;
    assert.deepEqual(from, {
      family: 'bluetooth',
      address: air.one.address,
      psm,
      addressType: BDADDR_LE_PUBLIC,
    });
    for (let i = 0; i < 30; i++) isTestFrame(await peer.recv(672, wait), i, 500);
    await theirs.ends();
  });

  test('both ends use this package, in the Sync face', async () => {
    using server = open();
    server.bind(far());
    server.listen();
    using client = open();
    client.bind(near());
    await client.connect(far(), wait);
    using peer = server.acceptSync().socket;
    const frames = [randomBytes(600), randomBytes(1), randomBytes(200)];
    for (const frame of frames) client.sendSync(frame);
    for (const frame of frames) assert.deepEqual(peer.recvSync(672), frame);
    peer.sendSync('back');
    assert.equal(String(client.recvSync(10)), 'back');
  });

  test('modes: credit-based, and enhanced credit-based', {
    skip: !existsSync('/sys/module/bluetooth/parameters/enable_ecred') && 'needs Linux 5.7',
  }, async () => {
    writeFileSync('/sys/module/bluetooth/parameters/enable_ecred', 'Y');
    // l2test requests options that such a socket does not have. btmon shows the mode of the channel.
    await using btmon = new Child('stdbuf', ['-oL', 'btmon']);
    await btmon.prints(/Index Info/);
    using server = open();
    server.bind(far());
    server.setOption(bluetooth.mode, BT_MODE_EXT_FLOWCTL);
    server.listen();
    using socket = open();
    socket.bind(near());
    assert.equal(socket.getOption(bluetooth.mode), BT_MODE_LE_FLOWCTL);
    socket.setOption(bluetooth.mode, BT_MODE_EXT_FLOWCTL);
    assert.equal(socket.getOption(bluetooth.mode), BT_MODE_EXT_FLOWCTL);
    await socket.connect(far(), wait);
    using peer = (await server.accept(wait)).socket;
    await socket.send('enhanced', wait);
    assert.equal(String(await peer.recv(100, wait)), 'enhanced');
    assert.equal(peer.getOption(bluetooth.mode), BT_MODE_EXT_FLOWCTL);
    await btmon.prints(/Enhanced Credit Connection Request/);
    assert.throws(() => socket.setOption(bluetooth.mode, 77), { name: 'SocketError' });
  });

  test('a deferred connection waits until the program reads', async () => {
    using server = open();
    server.bind(far());
    server.setOption(bluetooth.deferSetup, true);
    server.listen();
    assert.equal(server.getOption(bluetooth.deferSetup), true);
    await using theirs = new Child('l2test', [
      ...[
        '-s',
        '-i',
        air.one.name,
        '-V',
        'le_public',
        '-P',
        String(psm),
        '-b',
        '50',
        '-N',
        '1',
        '-g',
        '1000',
      ],
      air.two.address,
    ]);
    using peer = (await server.accept(wait)).socket;
    assert.doesNotMatch(theirs.output, /Connected/);
    await assert.rejects(peer.send('x', wait), { code: 'ENOTCONN' });
    const first = await peer.recv(672, wait);
    await theirs.prints(/Connected/);
    isTestFrame(first.length > 0 ? first : await peer.recv(672, wait), 0, 50);
  });

  test('the fixed ATT channel: gatttool reads a service of ours', async () => {
    using server = open();
    server.bind({ address: air.two.address, psm: 0, cid: attribute, addressType: BDADDR_LE_PUBLIC });
    server.listen();
    const args = ['-i', air.one.name, '-b', air.two.address, '-t', 'public', '--primary'];
    await using theirs = new Child('gatttool', args);
    using peer = (await server.accept(wait)).socket;
    assert.equal((peer.getsockname() as L2capAddress).cid, attribute);
    for (let isOver = false; !isOver; ) {
      const request = await peer.recv(672, wait);
      const [opcode, first] = [request[0]!, request.readUInt16LE(1)];
      // Read By Group Type: one service, 0x180f (battery), handles 1 to 9, and no other.
      isOver = opcode === 0x10 && first > 9;
      const answer = opcode === 0x10 && !isOver ? '1106010009000f18' : `01${request.toString('hex', 0, 3)}0a`;
      await peer.send(Buffer.from(answer, 'hex'), wait);
    }
    const output = await theirs.ends();
    assert.match(output, /handle = 0x0001, end grp handle = 0x0009 uuid: 0000180f-/);
  });

  test('a random address is a different address', async () => {
    const random = 'C0:DE:C0:DE:00:42';
    using controller = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
    controller.bind({ device: air.two.device, channel: HCI_CHANNEL_RAW });
    controller.setOption(hci.filter, { typeMask: 1 << HCI_EVENT_PKT, eventMask: 1n << 0x0en });
    const bytes = Buffer.from(random.replaceAll(':', ''), 'hex').reverse().toString('hex');
    for (const command of [
      '013920020000', // LE Set Extended Advertising Enable: no
      // LE Set Extended Advertising Parameters: connectable, with the random address
      `01362019001300000800000800070100${'00'.repeat(6)}007f0100010000`,
      `0135200700${bytes}`, // LE Set Advertising Set Random Address
      '01392006010100000000', // and enable it
    ]) {
      await controller.send(Buffer.from(command, 'hex'), wait);
      const event = await controller.recv(260, wait);
      assert.equal(event[6], 0, `${command}: ${event.toString('hex')}`);
    }
    using server = open();
    server.bind({ address: BDADDR_ANY, psm: psm + 2, addressType: BDADDR_LE_PUBLIC });
    server.listen();
    using client = open();
    client.bind(near());
    const to = { address: random.toLowerCase(), psm: psm + 2, addressType: BDADDR_LE_RANDOM };
    await client.connect(to, wait);
    using peer = (await server.accept(wait)).socket;
    const { addressType, address } = client.getpeername() as L2capAddress;
    assert.deepEqual([addressType, address], [BDADDR_LE_RANDOM, random]);
    await client.send('hello', wait);
    assert.equal(String(await peer.recv(100, wait)), 'hello');
  });

  test('invalid low energy addresses are refused', async () => {
    const bind = (more: object) => () => {
      using socket = open();
      socket.bind(near(more));
    };
    assert.throws(bind({ psm: 0x100 }), { code: 'EINVAL', syscall: 'bind' });
    assert.throws(bind({ psm: 0x80, cid: attribute }), { code: 'EINVAL' });
    assert.throws(bind({ cid: 0x40 }), { code: 'EINVAL' });
    assert.throws(bind({ addressType: 3 }), { code: 'EINVAL' });
    assert.throws(bind({ cid: -1 }), { code: 'ERR_OUT_OF_RANGE', message: /address\.cid/ });
    using socket = open();
    socket.bind(near());
    await assert.rejects(socket.connect(far({ psm: 0x100 }), wait), { code: 'EINVAL' });
    await assert.rejects(socket.connect(far({ psm: 0xf1 }), wait), { code: 'ECONNREFUSED' });
  });
});
