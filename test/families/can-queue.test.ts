/**
 * An interface that is slower than the sender: the error of a full queue, and how to make sends wait instead.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { CAN_RAW, packCanFrame, parseCanFrame, type Socket, type SocketError } from 'berkeley';
import { CAN_MTU } from 'berkeley/constants';
import { so } from 'berkeley/options';
import { Bus, needsCan, openBus } from '../support/can.js';

const name = 'vcanslow';

/** A bus with 1000 bytes (62 frames) per second, and a queue of ten frames. */
function slowBus(): Bus {
  const bus = new Bus(name);
  const shaping = ['tbf', 'rate', '8kbit', 'burst', String(CAN_MTU), 'limit', String(10 * CAN_MTU)];
  execFileSync('tc', ['qdisc', 'add', 'dev', name, 'root', ...shaping]);
  return bus;
}

const frames = Array.from({ length: 40 }, (_, id) => packCanFrame({ id, data: '12345678' }));

/** Sends until a send is refused. Returns the number of frames sent. */
async function overfill(send: (frame: Buffer) => number | Promise<number>): Promise<[number, SocketError]> {
  for (const [sent, frame] of frames.entries()) {
    try {
      await send(frame);
    } catch (error) {
      return [sent, error as SocketError];
    }
  }
  return assert.fail('the queue took all');
}

async function idsOf(socket: Socket<'can'>, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) ids.push(parseCanFrame(await socket.recv(CAN_MTU, { timeout: 10_000 })).id);
  return ids;
}

describe('a CAN interface whose queue is full', { skip: needsCan(CAN_RAW) }, () => {
  for (const face of ['promise', 'Sync'] as const) {
    test(`refuses a send with ENOBUFS and advice, in the ${face} face, and delivers the accepted frames`, async () => {
      using _ = slowBus();
      using sender = openBus(name);
      using receiver = openBus(name);
      const send = (frame: Buffer) => (face === 'Sync' ? sender.sendSync(frame) : sender.send(frame));
      const [sent, error] = await overfill(send);
      assert.equal(error.code, 'ENOBUFS');
      assert.match(error.message, /^send ENOBUFS \(.*txqueuelen.*so\.sndbuf.*\)$/);
      assert.ok(sent >= 10, String(sent));
      assert.deepEqual(
        await idsOf(receiver, sent),
        Array.from({ length: sent }, (_, id) => id),
      );
    });
  }

  test('makes sends wait if the socket’s send buffer is smaller, without blocking the event loop', async () => {
    using _ = slowBus();
    using sender = openBus(name);
    using receiver = openBus(name);
    sender.setOption(so.sndbuf, 0); // the minimum on Linux, about six frames
    let turns = 0;
    const timer = setInterval(() => turns++, 10);
    const received = idsOf(receiver, frames.length);
    await Promise.all(frames.map(frame => sender.send(frame, { timeout: 20_000 })));
    clearInterval(timer);
    assert.ok(turns >= 5, `${turns} turns of the loop`);
    assert.deepEqual(await received, Array.from(frames.keys()));
  });

  test('makes sends wait in the Sync face, up to their timeout', async () => {
    using _ = slowBus();
    using sender = openBus(name);
    using receiver = openBus(name);
    sender.setOption(so.sndbuf, 0);
    for (const frame of frames) sender.sendSync(frame);
    assert.deepEqual(await idsOf(receiver, frames.length), Array.from(frames.keys()));
    sender.timeout = 5;
    assert.throws(
      () => {
        for (const frame of frames) sender.sendSync(frame);
      },
      { name: 'TimeoutError', code: 'ETIMEDOUT' },
    );
    sender.timeout = 0;
    assert.throws(
      () => {
        for (const frame of frames) sender.sendSync(frame);
      },
      { name: 'BlockingError', code: 'EAGAIN' },
    );
  });
});
