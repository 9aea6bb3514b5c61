/**
 * SCO: voice between two controllers, with Python as the peer, and the kernel's error if a controller does
 * not support it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AF_BLUETOOTH, BTPROTO_SCO, SOCK_SEQPACKET, Socket } from 'berkeley';
import { BT_VOICE_CVSD_16BIT, BT_VOICE_TRANSPARENT } from 'berkeley/constants';
import { spaceFor, voicePacketStatus } from 'berkeley/control';
import { bluetooth, sco } from 'berkeley/options';
import { type Air, needsBluetooth, startAir, waitForSilence } from '../support/bluetooth.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 25_000 };

const open = (): Socket<'bluetooth'> => new Socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO);

const theirServer = (address: string): string => `
import socket
with socket.socket(socket.AF_BLUETOOTH, socket.SOCK_SEQPACKET, socket.BTPROTO_SCO) as s:
    s.settimeout(60)
    s.bind(b'${address}')
    s.listen(1)
    print('listening', flush=True)
    c, address = s.accept()
    with c:
        print('from', address, flush=True)
        for _ in range(5):
            c.send(c.recv(100).upper())
        c.recv(100)
`;

const theirClient = (from: string, to: string): string => `
import socket, time
with socket.socket(socket.AF_BLUETOOTH, socket.SOCK_SEQPACKET, socket.BTPROTO_SCO) as s:
    s.settimeout(60)
    s.bind(b'${from}')
    s.connect(b'${to}')
    print('connected', flush=True)
    s.send(b'v' * 48)
    print(s.recv(100), flush=True)
`;

describe('SCO', { skip: needsBluetooth }, () => {
  let air: Air;
  let hasVoice = false;
  before(async () => {
    air = await startAir();
    hasVoice = !/SCO MTU: 0:/.test(air.one.description);
  });
  after(() => air?.[Symbol.asyncDispose]());

  /**
   * Debian 12's emulator has no buffers for voice, and the kernel refuses such a controller (hci_conn_add).
   */
  const withoutVoice =
    'this emulator carries no voice: BTVIRT=<path of the btvirt of BlueZ 5.86 or later> npm run test:vm';

  test('the voice setting is chosen before connecting', () => {
    using socket = open();
    socket.bind({ address: air.one.address });
    assert.deepEqual(socket.getOption(bluetooth.voice), { setting: BT_VOICE_CVSD_16BIT });
    socket.setOption(bluetooth.voice, { setting: BT_VOICE_TRANSPARENT });
    assert.deepEqual(socket.getOption(bluetooth.voice), { setting: BT_VOICE_TRANSPARENT });
    assert.throws(() => socket.setOption(bluetooth.voice, { setting: 0x10000 }), RangeError);
  });

  test('a controller without voice buffers is an error with an explanation', async t => {
    if (hasVoice) return t.skip('this controller has them');
    using socket = open();
    socket.bind({ address: air.one.address });
    await assert.rejects(socket.connect({ address: air.two.address }, wait), { code: 'ECONNREFUSED' });
  });

  test('we connect to Python, and voice goes in both directions', { skip: withoutPython }, async t => {
    if (!hasVoice) return t.skip(withoutVoice);
    await waitForSilence();
    await using theirs = new Child(python, ['-c', theirServer(air.two.address)]);
    await theirs.prints(/listening/);
    using socket = open();
    socket.bind({ address: air.one.address });
    socket.setOption(bluetooth.pktStatus, true);
    await socket.connect({ address: air.two.address }, wait);
    await theirs.prints(new RegExp(`from ${air.one.address}`));
    assert.deepEqual(socket.getpeername(), { family: 'bluetooth', address: air.two.address });
    assert.ok(socket.getOption(sco.options).mtu >= 48);
    const { handle } = socket.getOption(sco.conninfo);
    assert.match(
      await new Child('hcitool', ['con']).ends(),
      new RegExp(`SCO ${air.two.address} handle ${handle} `),
    );
    for (let i = 0; i < 5; i++) {
      const text = `voice ${i}`.padEnd(48, '.');
      await socket.send(text, wait);
      const { data, control } = await socket.recvmsg(100, { control: spaceFor(voicePacketStatus), ...wait });
      assert.equal(String(data), text.toUpperCase());
      assert.equal(voicePacketStatus.find(control), 0);
    }
    await socket.send('end', wait);
    await theirs.ends();
  });

  test('Python connects to us', { skip: withoutPython }, async t => {
    if (!hasVoice) return t.skip(withoutVoice);
    await waitForSilence();
    using server = open();
    server.bind({ address: air.one.address });
    server.listen();
    await using theirs = new Child(python, ['-c', theirClient(air.two.address, air.one.address)]);
    const { socket, address } = await server.accept(wait);
    using peer = socket;
    assert.deepEqual(address, { family: 'bluetooth', address: air.two.address });
    assert.equal(String(await peer.recv(100, wait)), 'v'.repeat(48));
    peer.sendSync('back');
    assert.match(await theirs.ends(), /b'back'/);
  });
});
