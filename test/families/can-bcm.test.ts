/** CAN_BCM, the Broadcast Manager: cyclic transmission, and reports of changes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CAN_BCM,
  CAN_BCM_CAN_FD_FRAME,
  CAN_BCM_RX_CHANGED,
  CAN_BCM_RX_SETUP,
  CAN_BCM_RX_TIMEOUT,
  CAN_BCM_SETTIMER,
  CAN_BCM_STARTTIMER,
  CAN_BCM_TX_COUNTEVT,
  CAN_BCM_TX_DELETE,
  CAN_BCM_TX_EXPIRED,
  CAN_BCM_TX_READ,
  CAN_BCM_TX_SEND,
  CAN_BCM_TX_SETUP,
  CAN_BCM_TX_STATUS,
  packBcmMessage,
  packCanFdFrame,
  packCanFrame,
  parseCanFrame,
  SOCK_DGRAM,
} from 'berkeley';
import { candump, hear, needsCan, openBus, openManager, tell } from '../support/can.js';

const wait = { timeout: 10_000 };
const timers = CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER;
const frame = (id: number, ...data: number[]): Buffer => packCanFrame({ id, data: Buffer.from(data) });

describe('CAN_BCM', { skip: needsCan(CAN_BCM, SOCK_DGRAM) }, () => {
  test('sends two frames in turn, the requested number of times, and reports the end', async () => {
    await using dump = await candump();
    using socket = openManager();
    await tell(socket, {
      opcode: CAN_BCM_TX_SETUP,
      flags: timers | CAN_BCM_TX_COUNTEVT,
      count: 20,
      interval1: 5,
      canId: 0x301,
      frames: [frame(0x301, 1), frame(0x301, 2)],
    });
    assert.equal((await hear(socket)).opcode, CAN_BCM_TX_EXPIRED);
    await delay(100); // time for one more, which must not come
    const lines = dump.output.trim().split('\n');
    assert.deepEqual(
      lines.map(line => line.split(' ')[2]),
      Array.from({ length: 20 }, (_, i) => `301#0${(i % 2) + 1}`),
    );
  });

  test('keeps its interval, returns its state, and stops', async () => {
    using bus = openBus();
    using socket = openManager();
    const task = { opcode: CAN_BCM_TX_SETUP, canId: 0x302, flags: timers, interval2: 20 };
    await tell(socket, { ...task, frames: [frame(0x302, 7)] });
    const start = performance.now();
    for (let i = 0; i < 11; i++) assert.deepEqual(await bus.recv(16, wait), frame(0x302, 7));
    const taken = performance.now() - start;
    assert.ok(taken > 150, `ten intervals of 20 ms took ${taken} ms`);
    await tell(socket, { opcode: CAN_BCM_TX_READ, canId: 0x302 });
    const { opcode, interval2, frames } = await hear(socket);
    assert.deepEqual([opcode, interval2, frames], [CAN_BCM_TX_STATUS, 20, [frame(0x302, 7)]]);
    await tell(socket, { opcode: CAN_BCM_TX_DELETE, canId: 0x302 });
    await assert.rejects(tell(socket, { opcode: CAN_BCM_TX_READ, canId: 0x302 }), { code: 'EINVAL' });
    bus.timeout = 0;
    for (let more = true; more; ) {
      try {
        bus.recvSync(16);
      } catch {
        more = false;
      }
    }
    await assert.rejects(bus.recv(16, { timeout: 100 }), { name: 'TimeoutError' });
  });

  test('reports changes in the relevant bits, and timeouts', async () => {
    using bus = openBus();
    using socket = openManager();
    await tell(socket, {
      opcode: CAN_BCM_RX_SETUP,
      flags: CAN_BCM_SETTIMER,
      interval1: 300,
      canId: 0x303,
      frames: [frame(0x303, 0xf0)],
    });
    await bus.send(frame(0x303, 0x10));
    await bus.send(frame(0x303, 0x1f)); // the lower half is not relevant
    await bus.send(frame(0x303, 0x20));
    const seen = [];
    for (let i = 0; i < 2; i++) seen.push(await hear(socket));
    assert.deepEqual(
      seen.map(({ opcode, canId, frames }) => [opcode, canId, parseCanFrame(frames[0]!).data[0]]),
      [
        [CAN_BCM_RX_CHANGED, 0x303, 0x10],
        [CAN_BCM_RX_CHANGED, 0x303, 0x20],
      ],
    );
    const { opcode, canId, frames } = await hear(socket);
    assert.deepEqual([opcode, canId, frames], [CAN_BCM_RX_TIMEOUT, 0x303, []]);
  });

  test('sends once, CAN FD too, in the Sync face', async () => {
    await using dump = await candump();
    using socket = openManager();
    socket.sendSync(packBcmMessage({ opcode: CAN_BCM_TX_SEND, frames: [frame(0x304, 9)] }));
    socket.sendSync(
      packBcmMessage({
        opcode: CAN_BCM_TX_SEND,
        flags: CAN_BCM_CAN_FD_FRAME,
        frames: [packCanFdFrame({ id: 0x305, data: Buffer.alloc(16, 5) })],
      }),
    );
    await dump.prints(/305##/);
    assert.match(dump.output, /304#09\n.*305##[04](05){16}/);
  });
});
