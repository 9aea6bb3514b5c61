/**
 * What CAN_BCM reports on reception: changed content, multiplexed content, timeouts and remote requests; and
 * its rate limit.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CAN_BCM,
  CAN_BCM_CAN_FD_FRAME,
  CAN_BCM_RX_ANNOUNCE_RESUME,
  CAN_BCM_RX_CHANGED,
  CAN_BCM_RX_CHECK_DLC,
  CAN_BCM_RX_DELETE,
  CAN_BCM_RX_FILTER_ID,
  CAN_BCM_RX_READ,
  CAN_BCM_RX_RTR_FRAME,
  CAN_BCM_RX_SETUP,
  CAN_BCM_RX_STATUS,
  CAN_BCM_RX_TIMEOUT,
  CAN_BCM_SETTIMER,
  CAN_BCM_STARTTIMER,
  CAN_BCM_TX_ANNOUNCE,
  CAN_BCM_TX_SETUP,
  CAN_EFF_FLAG,
  CAN_RTR_FLAG,
  packCanFdFrame,
  packCanFrame,
  parseCanFdFrame,
  parseCanFrame,
  SOCK_DGRAM,
  type Socket,
} from 'berkeley';
import { canRaw } from 'berkeley/options';
import { candump, hear, logged, needsCan, openBus, openManager, tell } from '../support/can.js';
import { Child } from '../support/running.js';

const silence = { timeout: 150 };
const frame = (id: number, ...data: number[]): Buffer => packCanFrame({ id, data: Buffer.from(data) });

/** The data of the frame in the next change report. */
async function change(manager: Socket<'can'>): Promise<number[]> {
  const { opcode, frames } = await hear(manager);
  assert.equal(opcode, CAN_BCM_RX_CHANGED);
  return [...parseCanFrame(frames[0]!).data];
}

describe('CAN_BCM', { skip: needsCan(CAN_BCM, SOCK_DGRAM) }, () => {
  test('reports a change in the bits of the message that the multiplexer selects', async () => {
    using bus = openBus();
    using manager = openManager();
    await tell(manager, {
      opcode: CAN_BCM_RX_SETUP,
      canId: 0x320,
      // The first mask gives the position of the multiplexer. The others give the relevant bits for each of
      // its values.
      frames: [frame(0x320, 0xff, 0, 0), frame(0x320, 1, 0xff, 0), frame(0x320, 2, 0, 0xff)],
    });
    const sent = [
      [1, 10, 0],
      [1, 10, 99], // the last byte is not relevant in message 1
      [2, 0, 20],
      [3, 55, 55], // message 3 has no mask
      [2, 99, 20],
      [1, 11, 0],
      [2, 0, 21],
    ];
    for (const data of sent) await bus.send(frame(0x320, ...data));
    const seen = [];
    for (let i = 0; i < 4; i++) seen.push(await change(manager));
    assert.deepEqual(seen, [sent[0], sent[2], sent[5], sent[6]]);
    await assert.rejects(manager.recv(4096, silence), { name: 'TimeoutError' });
  });

  test('reports each frame of an identifier, or a changed length', async () => {
    using bus = openBus();
    using each = openManager();
    using lengths = openManager();
    await tell(each, { opcode: CAN_BCM_RX_SETUP, canId: 0x321, flags: CAN_BCM_RX_FILTER_ID });
    await tell(lengths, {
      ...{ opcode: CAN_BCM_RX_SETUP, canId: 0x321, flags: CAN_BCM_RX_CHECK_DLC },
      frames: [frame(0x321, 0xff)],
    });
    for (const data of [[7], [7], [7, 7], [7, 8]]) await bus.send(frame(0x321, ...data));
    for (const data of [[7], [7], [7, 7], [7, 8]]) assert.deepEqual(await change(each), data);
    for (const data of [[7], [7, 7]]) assert.deepEqual(await change(lengths), data);
    await assert.rejects(lengths.recv(4096, silence), { name: 'TimeoutError' });
  });

  test('answers a remote request automatically', async () => {
    await using dump = await candump();
    using manager = openManager();
    await tell(manager, {
      opcode: CAN_BCM_RX_SETUP,
      canId: (CAN_RTR_FLAG | 0x322) >>> 0,
      flags: CAN_BCM_RX_RTR_FRAME,
      frames: [frame(0x322, 0xc0, 0xff, 0xee)],
    });
    await new Child('cansend', ['vcan0', '322#R']).ends();
    await dump.prints(/322#C0FFEE/);
    assert.deepEqual(
      logged(dump).map(({ frame }) => frame),
      ['322#R', '322#C0FFEE'],
    );
    await assert.rejects(manager.recv(4096, silence), { name: 'TimeoutError' });
  });

  test('limits the rate of change reports, and reports the last change', async () => {
    using bus = openBus();
    using manager = openManager();
    await tell(manager, {
      ...{ opcode: CAN_BCM_RX_SETUP, canId: 0x323, flags: CAN_BCM_SETTIMER, interval2: 400 },
      frames: [frame(0x323, 0xff)],
    });
    for (let n = 1; n <= 50; n++) await bus.send(frame(0x323, n));
    assert.deepEqual(await change(manager), [1]);
    const start = performance.now();
    assert.deepEqual(await change(manager), [50]);
    const taken = performance.now() - start;
    assert.ok(taken > 100, `${taken} ms after the first`);
  });

  test('reports a timeout, and its end', async () => {
    using bus = openBus();
    using manager = openManager();
    await tell(manager, {
      opcode: CAN_BCM_RX_SETUP,
      ...{ canId: 0x324, flags: CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER | CAN_BCM_RX_ANNOUNCE_RESUME },
      ...{ interval1: 100, frames: [frame(0x324, 0xff)] },
    });
    assert.equal((await hear(manager)).opcode, CAN_BCM_RX_TIMEOUT); // before any frame
    await bus.send(frame(0x324, 5));
    assert.deepEqual(await change(manager), [5]);
    assert.equal((await hear(manager)).opcode, CAN_BCM_RX_TIMEOUT);
    await bus.send(frame(0x324, 5)); // the same data: it is reported because it is back after the timeout
    assert.deepEqual(await change(manager), [5]);
  });

  test('returns its configuration, and deletes it', async () => {
    using bus = openBus();
    using manager = openManager();
    const canId = (CAN_EFF_FLAG | 0x12345) >>> 0;
    const mask = packCanFrame({ id: 0x12345, extended: true, data: Buffer.of(0xf0) });
    const task = { canId, flags: CAN_BCM_SETTIMER, interval1: 2500.5, interval2: 10, frames: [mask] };
    await tell(manager, { opcode: CAN_BCM_RX_SETUP, ...task });
    await tell(manager, { opcode: CAN_BCM_RX_READ, canId });
    const { opcode, interval1, interval2, frames } = await hear(manager);
    assert.deepEqual([opcode, interval1, interval2, frames], [CAN_BCM_RX_STATUS, 2500.5, 10, [mask]]);
    await tell(manager, { opcode: CAN_BCM_RX_DELETE, canId });
    await bus.send(packCanFrame({ id: 0x12345, extended: true, data: Buffer.of(0x10) }));
    await assert.rejects(manager.recv(4096, silence), { name: 'TimeoutError' });
    const gone = { code: 'EINVAL', syscall: 'send', hint: /no such task/ };
    await assert.rejects(tell(manager, { opcode: CAN_BCM_RX_DELETE, canId }), gone);
    await assert.rejects(tell(manager, { opcode: CAN_BCM_RX_READ, canId }), gone);
  });

  test('watches CAN FD frames', async () => {
    using bus = openBus();
    using manager = openManager();
    bus.setOption(canRaw.fdFrames, true);
    const fd = (...data: number[]) => packCanFdFrame({ id: 0x325, data: Buffer.from(data) });
    const mask = Buffer.alloc(16);
    mask[15] = 0xff;
    await tell(manager, {
      ...{ opcode: CAN_BCM_RX_SETUP, canId: 0x325, flags: CAN_BCM_CAN_FD_FRAME },
      frames: [packCanFdFrame({ id: 0x325, data: mask })],
    });
    const last = (n: number) => [...Buffer.alloc(15), n];
    for (const n of [1, 1, 2]) await bus.send(fd(...last(n)));
    for (const n of [1, 2]) {
      const { frames, flags } = await hear(manager);
      assert.equal(flags & CAN_BCM_CAN_FD_FRAME, CAN_BCM_CAN_FD_FRAME);
      assert.deepEqual([...parseCanFdFrame(frames[0]!).data], last(n));
    }
  });

  test('changes the data of a cyclic transmission, and stops it when the socket is closed', async () => {
    using bus = openBus();
    const manager = openManager();
    const task = { opcode: CAN_BCM_TX_SETUP, canId: 0x326, interval2: 50 };
    const timers = CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER;
    await tell(manager, { ...task, flags: timers, frames: [frame(0x326, 1)] });
    const next = async () => parseCanFrame(await bus.recv(16, { timeout: 10_000 })).data[0];
    assert.equal(await next(), 1);
    await tell(manager, { ...task, flags: CAN_BCM_TX_ANNOUNCE, frames: [frame(0x326, 2)] });
    let now = await next();
    while (now === 1) now = await next();
    assert.equal(now, 2);
    manager.close();
    await delay(100);
    bus.timeout = 0;
    assert.throws(
      () => {
        for (;;) bus.recvSync(16);
      },
      { code: 'EAGAIN' },
    );
    await assert.rejects(bus.recv(16, silence), { name: 'TimeoutError' });
  });
});
