/** The outcome of a call with invalid arguments. */
import assert from 'node:assert/strict';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import * as berkeley from 'berkeley';
import type { Row } from './nonsense-rows.js';
import type { Subjects } from './nonsense-subjects.js';

/** Closes the result of a call. */
function dispose(result: unknown): void {
  if (typeof result !== 'object' || result === null) return;
  if (result instanceof berkeley.Socket || result instanceof berkeley.SocketFile) {
    if (result instanceof berkeley.Socket) result.close();
    else result.closeSync();
    return;
  }
  for (const each of Array.isArray(result)
    ? result
    : [(result as { socket?: unknown }).socket, (result as { value?: unknown }).value])
    dispose(each);
  const { fds } = result as { fds?: number[] };
  for (const fd of Array.isArray(fds) ? fds : []) berkeley.close(fd);
}

/** Makes a call, which may wait until its subjects are closed. Returns its error in an object, or `undefined`. */
export async function outcome(
  row: Row,
  subjects: Subjects,
  given: unknown[],
  what: string,
): Promise<{ readonly error: unknown } | undefined> {
  let isSettled = false;
  const settled = Promise.resolve()
    .then(() => row.call(subjects, given))
    .then(dispose, (error: unknown) => ({ error }))
    .then(result => {
      isSettled = true;
      return result;
    });
  for (let i = 0; i < 5 && !isSettled; i++) await turn();
  if (!isSettled) await Promise.race([settled, pause(15)]);
  subjects.close();
  const ended = await Promise.race([settled, pause(5000, 'late', { ref: true })]);
  assert.notEqual(ended, 'late', `${what} never settles`);
  return ended as { readonly error: unknown } | undefined;
}
