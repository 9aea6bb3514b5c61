/**
 * A short run of the model: random scripts of calls, kernel and time, with the engine over a scripted addon. BERKELEY_SEED
 * repeats a run. Faults that are planted in the kernel show that the checks find what they are for.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

// The numbers of errors and events are those of Linux.
const skip = process.platform === 'linux' ? false : 'the scripted kernel is Linux: npm test on Linux';
const seed = Number(process.env.BERKELEY_SEED ?? Math.trunc(Math.random() * 2 ** 31));

describe('the engine over a scripted kernel', { skip }, async () => {
  // It replaces the clock and the addon of this process.
  const { playAll, told } = await import('./run.js');

  test('no lost wake-up, no lost byte, first come first served, every call ends once', async t => {
    t.diagnostic(`BERKELEY_SEED=${seed}`);
    const { failure } = await playAll(150, seed);
    assert.ok(failure === undefined, failure && told(failure));
  });

  const faults = [
    'loses an edge',
    'ignores a change of events',
    'repeats a byte',
    'loses a byte',
    'mixes sockets',
  ] as const;
  for (const fault of faults) {
    test(`finds a kernel that ${fault}`, async () => {
      const { failure } = await playAll(2000, 20261126, fault);
      assert.ok(failure !== undefined);
    });
  }
});
