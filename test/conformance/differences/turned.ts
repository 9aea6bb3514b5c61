/**
 * Inverts a behaviour: if a kernel differs, the common behaviour has to fail in the way that the table says.
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Face } from '../../support/face.js';
import type { Behaviour, Context } from '../behaviour.js';
import type { Difference } from './difference.js';

/** A call that waits this long counts as waiting indefinitely, in milliseconds. */
const FOR_EVER = 400;

/** The behaviour to run instead, or nothing if the difference cannot be tested. */
export function turned(behaviour: Behaviour, difference: Difference, face: Face): readonly Behaviour[] {
  const { fails, waits, why } = difference;
  const name = `differs: ${behaviour.name} (${why})`;
  if (fails !== undefined)
    return [{ ...behaviour, name, run: context => expectFailure(behaviour, context, fails) }];
  if (waits && face.name === 'promise')
    return [{ ...behaviour, name, run: context => expectWait(behaviour, context) }];
  return [];
}

async function expectFailure(behaviour: Behaviour, context: Context, expected: RegExp): Promise<void> {
  const error = await behaviour.run(context).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(
    error !== undefined,
    'the kernel does as all others: delete the difference, or say until which release',
  );
  assert.match(String(error), expected);
}

/** The sockets are closed when the behaviour ends, which ends the waiting call. */
async function expectWait(behaviour: Behaviour, context: Context): Promise<void> {
  const running = behaviour.run(context).then(
    () => 'ended',
    (reason: unknown) => `failed: ${reason}`,
  );
  assert.equal(await Promise.race([running, delay(FOR_EVER, 'waits')]), 'waits');
}
