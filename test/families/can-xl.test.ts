/**
 * CAN XL, and sockets that receive all kinds of frames. can-utils of Debian 12 do not support CAN XL, so
 * Python is the peer.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import {
  CAN_RAW,
  isCanXlFrame,
  packCanFdFrame,
  packCanFrame,
  packCanXlFrame,
  parseAnyCanFrame,
  parseCanXlFrame,
  type Socket,
  UnsupportedError,
} from 'berkeley';
import {
  CAN_RAW_XL_VCID_RX_FILTER,
  CAN_RAW_XL_VCID_TX_PASS,
  CAN_RAW_XL_VCID_TX_SET,
  CANXL_MTU,
} from 'berkeley/constants';
import { canRaw } from 'berkeley/options';
import { Bus, needsCan, openBus, vcan, waitingFrames } from '../support/can.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };
const name = 'vcanxl';

function openXl(): Socket<'can'> {
  const socket = openBus(name);
  socket.setOption(canRaw.xlFrames, true);
  return socket;
}

/** Whether a socket of this kernel can set and filter virtual networks. */
function hasVcidOptions(): boolean {
  using socket = openBus();
  try {
    socket.setOption(canRaw.xlVcidOpts, {});
    return true;
  } catch (error) {
    assert.ok(error instanceof UnsupportedError);
    assert.equal(error.hint, 'CAN_RAW_XL_VCID_OPTS: since Linux 6.9');
    return false;
  }
}

/** Python packs struct canxl_frame: prio, flags, sdt, len, af, data. */
const theirs = `
import socket, struct, sys
s = socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW)
s.setsockopt(socket.SOL_CAN_RAW, 7, 1)  # CAN_RAW_XL_FRAMES
s.bind((sys.argv[1],))
print('ready', flush=True)
frame = s.recv(2060)
prio, flags, sdt, length, af = struct.unpack_from('=IBBHI', frame)
print(hex(prio), hex(flags), sdt, length, hex(af), sum(frame[12:]), len(frame), flush=True)
s.send(struct.pack('=IBBHI', 0x7ff, 0x81, 9, 5, 0x12345678) + b'hello')
`;

describe('CAN XL', { skip: needsCan(CAN_RAW) }, () => {
  test('a frame has 1 to 2048 bytes, and arrives whole in both faces', async () => {
    using _ = new Bus(name, CANXL_MTU);
    using a = openXl();
    using b = openXl();
    for (const length of [1, 4, 8, 60, 64, 2047, 2048]) {
      const frame = {
        ...{ priority: 0x123, vcid: 0, sec: true, rrs: false, sdt: 3 },
        af: 0xcafe0001,
        data: randomBytes(length),
      };
      assert.equal(await a.send(packCanXlFrame(frame), wait), 12 + length);
      const received = await b.recv(CANXL_MTU, wait);
      assert.ok(isCanXlFrame(received));
      assert.deepEqual(parseCanXlFrame(received), frame);
      b.sendSync(received);
      assert.deepEqual(a.recvSync(CANXL_MTU), received);
    }
  });

  test('a socket receives the enabled kinds of frames, and distinguishes them', async () => {
    using _ = new Bus(name, CANXL_MTU);
    using sender = openXl();
    using all = openXl();
    using fd = openBus(name);
    using classic = openBus(name);
    fd.setOption(canRaw.fdFrames, true);
    assert.equal(all.getOption(canRaw.fdFrames), true); // CAN XL includes CAN FD
    await sender.send(packCanFrame({ id: 1, data: '12345678' }));
    await sender.send(packCanFdFrame({ id: 2, data: Buffer.alloc(64) }));
    await sender.send(packCanXlFrame({ priority: 3, data: '1234' })); // as long as a classic frame
    await sender.send(packCanXlFrame({ priority: 4, data: Buffer.alloc(60) })); // as long as a CAN FD frame
    const kinds = (socket: Socket<'can'>) => waitingFrames(socket).map(({ kind }) => kind);
    assert.deepEqual(kinds(all), ['classic', 'fd', 'xl', 'xl']);
    assert.deepEqual(kinds(fd), ['classic', 'fd']);
    assert.deepEqual(kinds(classic), ['classic']);
  });

  test('Python reads our frames, and we read Python’s', { skip: withoutPython }, async () => {
    using _ = new Bus(name, CANXL_MTU);
    using socket = openXl();
    await using child = new Child(python, ['-c', theirs, name]);
    await child.prints(/ready/);
    const frame = packCanXlFrame({ priority: 0x456, sdt: 3, af: 0xdeadbeef, data: Buffer.alloc(1000, 2) });
    await socket.send(frame, wait);
    const { priority, sec, sdt, af, data } = parseCanXlFrame(await socket.recv(CANXL_MTU, wait));
    assert.deepEqual([priority, sec, sdt, af, String(data)], [0x7ff, true, 9, 0x12345678, 'hello']);
    assert.match(await child.ends(), /^0x456 0x80 3 1000 0xdeadbeef 2000 1012$/m);
  });

  test('the kernel sets and filters virtual networks if it supports them', async t => {
    if (!hasVcidOptions()) return t.diagnostic('this Linux does not, and says so');
    using _ = new Bus(name, CANXL_MTU);
    using sender = openXl();
    using everything = openXl();
    using plain = openXl();
    using seven = openXl();
    seven.setOption(canRaw.xlVcidOpts, { flags: CAN_RAW_XL_VCID_RX_FILTER, rxVcid: 7, rxVcidMask: 0xff });
    everything.setOption(canRaw.xlVcidOpts, { flags: CAN_RAW_XL_VCID_RX_FILTER });
    const frame = packCanXlFrame({ priority: 1, vcid: 7, data: 'x' });
    const vcids = (socket: Socket<'can'>) =>
      waitingFrames(socket).map(each => (each.kind === 'xl' ? each.vcid : undefined));
    await sender.send(frame); // without the option, the frame's own network is ignored
    sender.setOption(canRaw.xlVcidOpts, { flags: CAN_RAW_XL_VCID_TX_PASS });
    await sender.send(frame);
    sender.setOption(canRaw.xlVcidOpts, { flags: CAN_RAW_XL_VCID_TX_SET, txVcid: 9 });
    await sender.send(frame);
    assert.deepEqual([vcids(everything), vcids(seven), vcids(plain)], [[0, 7, 9], [7], [0]]);
  });

  test('frames that the socket or the bus does not support are refused with advice', async () => {
    using socket = openBus();
    const cure = { code: 'EINVAL', syscall: 'send', hint: /canRaw\.xlFrames/ };
    await assert.rejects(socket.send(packCanXlFrame({ priority: 1, data: 'x' })), cure);
    socket.setOption(canRaw.xlFrames, true); // but the interface carries only CAN FD
    assert.throws(() => socket.sendSync(packCanXlFrame({ priority: 1, data: 'x' })), cure);
    assert.equal(socket.getsockname().interface, vcan);
    // A truncated frame is invalid, to the kernel as well.
    await assert.rejects(socket.send(packCanXlFrame({ priority: 1, data: 'xy' }).subarray(0, 13)), cure);
  });

  test('a frame that exceeded its buffer is not a whole frame', async () => {
    using _ = new Bus(name, CANXL_MTU);
    using a = openXl();
    using b = openXl();
    await a.send(packCanXlFrame({ priority: 1, data: Buffer.alloc(100) }));
    const cut = await b.recv(72, wait);
    assert.throws(() => parseAnyCanFrame(cut), { code: 'ERR_INVALID_ARG_VALUE', message: /'bytes'/ });
  });

  test('the socket reports when its interface goes down or is removed', async () => {
    const bus = new Bus(name, CANXL_MTU);
    using socket = openXl();
    const waiting = socket.recv(CANXL_MTU, wait);
    bus[Symbol.dispose]();
    await assert.rejects(waiting, { code: 'ENODEV', syscall: 'recv' });
    await assert.rejects(socket.send(packCanFrame({ id: 1 })), {
      code: 'ENXIO',
      hint: /interface was removed/,
    });
    assert.throws(() => execFileSync('ip', ['link', 'show', name], { stdio: 'ignore' }));
  });
});
