/** The options of ISO-TP, against isotpsend and isotprecv, with candump recording the frames. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { CAN_ISOTP, SOCK_DGRAM, type Socket } from 'berkeley';
import {
  CAN_ISOTP_CF_BROADCAST,
  CAN_ISOTP_CHK_PAD_DATA,
  CAN_ISOTP_CHK_PAD_LEN,
  CAN_ISOTP_EXTEND_ADDR,
  CAN_ISOTP_FORCE_TXSTMIN,
  CAN_ISOTP_LISTEN_MODE,
  CAN_ISOTP_RX_EXT_ADDR,
  CAN_ISOTP_RX_PADDING,
  CAN_ISOTP_SF_BROADCAST,
  CAN_ISOTP_TX_PADDING,
  CAN_ISOTP_WAIT_TX_DONE,
  CANFD_BRS,
  CANFD_MTU,
} from 'berkeley/constants';
import { canIsotp } from 'berkeley/options';
import { POLLOUT } from 'berkeley/select';
import { candump, logged, needsCan, openChannel, startReceiver, vcan, whenSent } from '../support/can.js';
import { Child } from '../support/running.js';

const wait = { timeout: 30_000 };
const hex = (data: Uint8Array): string =>
  Array.from(data, byte => byte.toString(16).padStart(2, '0')).join(' ');
const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** isotprecv sends with 456 and receives 123: the sockets here use the opposite identifiers. */
const isotprecv = (...args: string[]): Promise<Child> =>
  startReceiver('rcvlist_sff', 'isotprecv', '-s', '456', '-d', '123', ...args, vcan);

const isotpsend = (data: Uint8Array, ...args: string[]): Child =>
  new Child('isotpsend', ['-s', '456', '-d', '123', ...args, '-b', vcan], hex(data));

type Prepare = (socket: Socket<'can'>) => void;

const ours = (prepare?: Prepare): Socket<'can'> => openChannel(0x456, 0x123, prepare);

/**
 * Checks that data of isotpsend with these arguments arrives here, and that our data arrives at isotprecv.
 */
async function bothWays(length: number, args: readonly string[], prepare: Prepare): Promise<void> {
  const data = randomBytes(length);
  {
    using socket = ours(prepare);
    await using sender = isotpsend(data, ...args);
    assert.deepEqual(await socket.recv(8192, wait), data);
    await sender.ends();
  }
  await using receiver = await isotprecv(...args);
  using socket = ours(prepare);
  await socket.send(data, wait);
  assert.deepEqual(bytesOf(await receiver.ends()), data);
}

/** The gaps between frames, in milliseconds. */
function gaps(frames: readonly { time: number }[]): number[] {
  return frames.slice(1).map(({ time }, i) => time - frames[i]!.time);
}

describe('ISO-TP', { skip: needsCan(CAN_ISOTP, SOCK_DGRAM) }, () => {
  test('requests block sizes and a separation time from the sender', async () => {
    await using dump = await candump();
    using socket = ours(each => each.setOption(canIsotp.recvFc, { blockSize: 4, separationTime: 5 }));
    await using sender = isotpsend(Buffer.alloc(60)); // the first frame and eight more
    assert.equal((await socket.recv(100, wait)).length, 60);
    await sender.ends();
    const flow = logged(dump).filter(({ frame }) => frame.startsWith('123#'));
    assert.deepEqual(
      flow.map(({ frame }) => frame),
      ['123#300405', '123#300405'],
    );
    const sent = logged(dump).filter(({ frame }) => frame.startsWith('456#2'));
    assert.equal(sent.length, 8);
    for (const gap of gaps(sent.slice(0, 4))) assert.ok(gap > 4.9, `${gap} ms`);
  });

  test('follows the block sizes and separation time that the receiver requests', async () => {
    await using dump = await candump();
    await using receiver = await isotprecv('-b', '4', '-m', '5');
    using socket = ours();
    const data = randomBytes(60);
    await socket.send(data, wait);
    assert.deepEqual(bytesOf(await receiver.ends()), data);
    assert.equal(logged(dump).filter(({ frame }) => frame === '456#300405').length, 2);
    const sent = logged(dump).filter(({ frame }) => frame.startsWith('123#2'));
    assert.equal(sent.length, 8);
    // The first frame of a block follows the flow control at once.
    for (const block of [sent.slice(0, 4), sent.slice(4)])
      for (const gap of gaps(block)) assert.ok(gap > 4.9, `${gap} ms`);
  });

  test('uses its own separation time if it is set', async () => {
    await using dump = await candump();
    await using receiver = await isotprecv();
    using socket = ours(each => {
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_FORCE_TXSTMIN });
      each.setOption(canIsotp.txStmin, 7_000_000);
    });
    await socket.send(Buffer.alloc(40), wait);
    await receiver.ends();
    for (const gap of gaps(logged(dump).filter(({ frame }) => frame.startsWith('123#2'))))
      assert.ok(gap > 6.9, `${gap} ms`);
  });

  // The longest frame of each: lengths up to 8 bytes are unchanged, and longer ones use the next CAN FD
  // length.
  for (const [length, most] of [
    [7, 8],
    [8, 12],
    [62, 64],
    [63, 64],
    [4000, 64],
  ] as const) {
    test(`sends and receives ${length} bytes in CAN FD frames`, async () => {
      await using dump = await candump();
      await bothWays(length, ['-L', '72:64:1'], each =>
        each.setOption(canIsotp.llOpts, { mtu: CANFD_MTU, txDl: 64, txFlags: CANFD_BRS }),
      );
      const sent = logged(dump).filter(({ frame }) => frame.startsWith('123##'));
      assert.ok(sent.every(({ frame }) => (Number(frame[5]) & CANFD_BRS) !== 0));
      const longest = Math.max(...sent.map(({ frame }) => (frame.length - 6) / 2));
      assert.equal(longest, most);
    });
  }

  test('has an address in the first byte of each frame, a different one in each direction', async () => {
    await using dump = await candump();
    const flags = CAN_ISOTP_EXTEND_ADDR | CAN_ISOTP_RX_EXT_ADDR;
    // isotprecv's own address is 9b, the peer's is 9a.
    await using receiver = await isotprecv('-x', '9b:9a');
    using stranger = openChannel(0x123, 0x7ff, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_EXTEND_ADDR, extAddress: 0x77 }),
    );
    using socket = ours(each =>
      each.setOption(canIsotp.opts, { flags, extAddress: 0x9a, rxExtAddress: 0x9b }),
    );
    const data = randomBytes(100);
    await socket.send(data, wait);
    assert.deepEqual(bytesOf(await receiver.ends()), data);
    await assert.rejects(stranger.recv(200, { timeout: 50 }), { name: 'TimeoutError' });
    for (const { frame } of logged(dump)) assert.match(frame, /^(123#9A|456#9B30)/);
    await using sender = isotpsend(data, '-x', '9b:9a');
    assert.deepEqual(await socket.recv(200, wait), data);
    await sender.ends();
  });

  test('pads its frames, and checks the padding of received ones', async () => {
    const flags =
      CAN_ISOTP_TX_PADDING | CAN_ISOTP_RX_PADDING | CAN_ISOTP_CHK_PAD_LEN | CAN_ISOTP_CHK_PAD_DATA;
    const prepare: Prepare = each =>
      each.setOption(canIsotp.opts, { flags, txpadContent: 0xaa, rxpadContent: 0x55 });
    await using dump = await candump();
    await using receiver = await isotprecv('-p', '55:aa', '-P', 'a');
    using socket = ours(prepare);
    await socket.send('hi', wait);
    assert.equal(String(bytesOf(await receiver.ends())), 'hi');
    assert.equal(logged(dump)[0]?.frame, '123#026869AAAAAAAAAA');
    await using sender = isotpsend(Buffer.from('hello, world'), '-p', '55:aa');
    assert.equal(String(await socket.recv(100, wait)), 'hello, world');
    await sender.ends();
    await isotpsend(Buffer.from('hi'), '-p', '66').ends();
    await assert.rejects(socket.recv(100, wait), { code: 'EBADMSG', syscall: 'recv', hint: /padding/ });
  });

  test('carries more than the 4095 bytes of the first standard', async () => {
    await bothWays(4900, [], () => {});
    using a = openChannel(0x701, 0x702);
    using b = openChannel(0x702, 0x701);
    const data = randomBytes(8200); // the size that every Linux accepts
    await a.send(data, wait);
    assert.deepEqual(await b.recv(1 << 16, wait), data);
  });

  test('broadcasts in one frame', async () => {
    const receivers = [];
    for (const source of ['700', '701'])
      receivers.push(await startReceiver('rcvlist_sff', 'isotprecv', '-s', source, '-d', '7df', vcan));
    using socket = openChannel(0, 0x7df, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_SF_BROADCAST }),
    );
    await socket.send(Buffer.of(0x3e, 0x80), wait);
    for (const receiver of receivers) assert.equal(await receiver.ends(), '3E 80 \n');
    await assert.rejects(socket.send(Buffer.alloc(8)), {
      code: 'EINVAL',
      syscall: 'send',
      hint: /broadcast/,
    });
  });

  test('broadcasts in many frames, and receives without flow control', async () => {
    await using dump = await candump();
    using listener = openChannel(0x7df, 0x7ff, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_LISTEN_MODE }),
    );
    using socket = openChannel(0, 0x7df, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_CF_BROADCAST }),
    );
    const data = randomBytes(100);
    await socket.send(data, wait);
    assert.deepEqual(await listener.recv(200, wait), data);
    assert.ok(logged(dump).every(({ frame }) => frame.startsWith('7DF#')));
  });

  test('completes a send when the message is sent: in the Sync face with an option, otherwise with poll', async () => {
    const slow: Prepare = each => each.setOption(canIsotp.recvFc, { separationTime: 10 });
    using a = openChannel(0x711, 0x712, each =>
      each.setOption(canIsotp.opts, { flags: CAN_ISOTP_WAIT_TX_DONE }),
    );
    using b = openChannel(0x712, 0x711, slow);
    b.timeout = 0;
    a.sendSync(Buffer.alloc(100));
    assert.equal(b.recvSync(200).length, 100);
    using c = openChannel(0x721, 0x722);
    using d = openChannel(0x722, 0x721, slow);
    d.timeout = 0;
    await c.send(Buffer.alloc(100), wait);
    assert.throws(() => d.recvSync(200), { code: 'EAGAIN' });
    assert.deepEqual(await whenSent(c), POLLOUT);
    assert.equal(d.recvSync(200).length, 100);
  });

  test('sends concurrent messages in order', async () => {
    using a = openChannel(0x701, 0x702);
    using b = openChannel(0x702, 0x701);
    const messages = [1, 2, 3, 4, 5].map(n => Buffer.alloc(300, n));
    const sent = messages.map(message => a.send(message, wait));
    for (const message of messages) assert.deepEqual(await b.recv(1000, wait), message);
    assert.deepEqual(await Promise.all(sent), [300, 300, 300, 300, 300]);
  });
});
