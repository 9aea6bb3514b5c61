/** The kernel's timestamps of received and sent packets, compared with this machine's clock. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { SOL_SOCKET, SocketError } from 'berkeley';
import {
  SCM_TSTAMP_SCHED,
  SCM_TSTAMP_SND,
  SO_TIMESTAMP,
  SO_TIMESTAMP_NEW,
  SO_TIMESTAMPING,
  SO_TIMESTAMPNS,
  SO_TIMESTAMPNS_NEW,
  SOF_TIMESTAMPING_OPT_CMSG,
  SOF_TIMESTAMPING_OPT_ID,
  SOF_TIMESTAMPING_OPT_TSONLY,
  SOF_TIMESTAMPING_RX_SOFTWARE,
  SOF_TIMESTAMPING_SOFTWARE,
  SOF_TIMESTAMPING_TX_SCHED,
  SOF_TIMESTAMPING_TX_SOFTWARE,
} from 'berkeley/constants';
import {
  readErrorQueue,
  spaceFor,
  timestamp,
  timestampId,
  timestamping,
  timestampns,
  toDate,
  toMilliseconds,
} from 'berkeley/control';
import { inet, inet6, Pair } from './pair.js';

const MILLISECOND = 1_000_000n;
const SECOND = 1000n * MILLISECOND;

/** The differences from this machine's clock, which the tests report. */
class Clock {
  #before = Date.now();
  #earliest = SECOND;
  #latest = 0n;

  /** Returns the time just before an event. */
  start(): void {
    this.#before = Date.now();
  }

  /** Checks that `time` is between `start` and now. The clock counts in milliseconds. */
  check(time: bigint): void {
    const early = time - BigInt(this.#before) * MILLISECOND;
    const late = BigInt(Date.now() + 1) * MILLISECOND - time;
    assert.ok(early >= 0n, `${early} ns before it was sent`);
    assert.ok(late >= 0n, `${-late} ns after it was received`);
    assert.ok(early < SECOND, `${early} ns late`);
    if (early < this.#earliest) this.#earliest = early;
    if (early > this.#latest) this.#latest = early;
  }

  report(t: TestContext): void {
    t.diagnostic(`${this.#earliest} to ${this.#latest} ns after the last whole millisecond before sending`);
  }
}

for (const [name, option, codec] of [
  ['SO_TIMESTAMP', SO_TIMESTAMP, timestamp],
  ['SO_TIMESTAMP_NEW', SO_TIMESTAMP_NEW, timestamp],
  ['SO_TIMESTAMPNS', SO_TIMESTAMPNS, timestampns],
  ['SO_TIMESTAMPNS_NEW', SO_TIMESTAMPNS_NEW, timestampns],
] as const) {
  for (const family of [inet, inet6]) {
    test(`${name}, ${family === inet ? 'IPv4' : 'IPv6'}`, async t => {
      using pair = new Pair(family, [[SOL_SOCKET, option]]);
      const clock = new Clock();
      let last = 0n;
      for (let i = 0; i < 5; i++) {
        clock.start();
        const { control } = await pair.send('x', [], spaceFor(codec));
        const time = codec.find(control)!;
        clock.check(time);
        assert.ok(time > last, 'in order');
        last = time;
      }
      clock.report(t);
    });
  }
}

test('SO_TIMESTAMPING of received packets', async t => {
  using pair = new Pair(inet);
  const flags = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  pair.receiver.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, flags);
  const clock = new Clock();
  const { control } = await pair.send('x', [], spaceFor(timestamping));
  const { software, hardware } = timestamping.find(control)!;
  clock.check(software!);
  clock.report(t);
  assert.equal(hardware, null, 'loopback has no clock');
});

describe('SO_TIMESTAMPING of sent packets', () => {
  const REPORT = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_ID;

  for (const family of [inet, inet6]) {
    test(`${family === inet ? 'IPv4' : 'IPv6'}: all packets, numbered, with their data`, async t => {
      using pair = new Pair(family);
      pair.sender.setsockopt(SOL_SOCKET, SO_TIMESTAMPING, REPORT | SOF_TIMESTAMPING_TX_SOFTWARE);
      const clock = new Clock();
      for (let i = 0; i < 3; i++) {
        clock.start();
        await pair.send(`packet ${i}`, [], 0);
        const error = await pair.sender.recvError({ timeout: 2000 });
        assert.deepEqual([error.origin, error.code, error.info], ['timestamping', 'ENOMSG', SCM_TSTAMP_SND]);
        assert.equal(error.data, i, 'which one it was');
        assert.ok(error.packet.includes(`packet ${i}`), 'the whole packet');
        clock.check(error.timestamps!.software!);
      }
      clock.report(t);
    });
  }

  test('only packets that request it, without their data, with a number of the caller', async t => {
    using pair = new Pair(inet);
    const { sender } = pair;
    sender.setsockopt(
      SOL_SOCKET,
      SO_TIMESTAMPING,
      REPORT | SOF_TIMESTAMPING_OPT_TSONLY | SOF_TIMESTAMPING_OPT_CMSG,
    );
    await pair.send('not this one', [], 0);
    assert.deepEqual(readErrorQueue(sender), []);
    const both = timestamping(SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_TX_SOFTWARE);
    await pair.send('this one', [both], 0);
    const errors = readErrorQueue(sender);
    assert.deepEqual(errors.map(({ info }) => info).sort(), [SCM_TSTAMP_SND, SCM_TSTAMP_SCHED]);
    assert.ok(errors.every(({ packet, timestamps }) => packet.length === 0 && timestamps!.software! > 0n));
    try {
      await pair.send('mine', [timestamping(SOF_TIMESTAMPING_TX_SOFTWARE), timestampId(0xcafe)], 0);
    } catch (error) {
      if (!(error instanceof SocketError && error.code === 'EINVAL')) throw error;
      return t.diagnostic('SCM_TS_OPT_ID needs Linux 6.13');
    }
    assert.equal((await sender.recvError({ timeout: 2000 })).data, 0xcafe);
  });
});

test('times can be read in JavaScript’s format', () => {
  const time = 1_700_000_000_123_456_789n;
  assert.equal(toDate(time).toISOString(), '2023-11-14T22:13:20.123Z');
  assert.ok(Math.abs(toMilliseconds(time) - 1_700_000_000_123.4568) < 0.001);
  assert.throws(() => toDate(3 as never), TypeError);
  assert.throws(() => toMilliseconds(undefined as never), TypeError);
});
