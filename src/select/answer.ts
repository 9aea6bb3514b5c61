/** Asking poll(2), and again when something changed, until there is an answer or the time is over. */

import { checkTimeout } from '../errors/argument.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkWait } from '../socket/handle.js';
import type { Questions } from './questions.js';
import { mayGive, nextTurn } from './turn.js';
import { Watch } from './watch.js';

/** How long to wait: milliseconds, `null` or nothing for no limit; or that and a signal. */
export type Patience = number | null | WaitOptions;

/** Something to be asked. */
export interface Inquiry<T> {
  /** The name of the call, for its errors. */
  readonly syscall: string;
  /** Collects what to ask, anew each time: a target may have been closed meanwhile. */
  questions(): Questions;
  /** What the answers say; `undefined` if that is nothing yet. */
  answer(questions: Questions): T | undefined;
  /** What is said when the time is over. */
  nothing(): T;
}

export function checkPatience(patience: Patience | undefined): WaitOptions {
  if (patience === undefined) return {};
  if (typeof patience === 'number' || patience === null)
    return { timeout: checkTimeout(patience, 'timeout') };
  return checkWait(patience);
}

function ask<T>(inquiry: Inquiry<T>): T | undefined {
  const questions = inquiry.questions();
  questions.poll(0);
  return inquiry.answer(questions);
}

/** Asks without blocking the thread. */
export async function answered<T>(inquiry: Inquiry<T>, { signal, timeout }: WaitOptions): Promise<T> {
  signal?.throwIfAborted();
  const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  if (!mayGive()) await nextTurn();
  const first = ask(inquiry);
  if (first !== undefined) return first;
  if (timeout === 0) {
    await nextTurn(); // a loop that only looks should see something happen
    return ask(inquiry) ?? inquiry.nothing();
  }
  const watch = new Watch(inquiry.questions(), inquiry.syscall);
  try {
    for (;;) {
      const left = deadline - performance.now();
      const changed = await watch.change({ signal, timeout: Math.max(1, left) });
      const answer = ask(inquiry);
      if (answer !== undefined) return answer;
      if (!changed) return inquiry.nothing();
    }
  } finally {
    watch.close();
  }
}

/** Asks in this thread. */
export function answeredSync<T>(inquiry: Inquiry<T>, timeout: number | null | undefined): T {
  const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  const questions = inquiry.questions();
  const count = questions.poll(timeout ?? -1);
  const first = inquiry.answer(questions);
  if (first !== undefined) return first;
  return count === 0 ? inquiry.nothing() : waitSync(inquiry, deadline);
}

/** Something holds that was not asked for, and poll(2) would tell it again and again. */
function waitSync<T>(inquiry: Inquiry<T>, deadline: number): T {
  const watch = new Watch(inquiry.questions(), inquiry.syscall);
  try {
    for (;;) {
      const left = deadline - performance.now();
      if (left <= 0) return inquiry.nothing();
      watch.changeSync(left === Number.POSITIVE_INFINITY ? -1 : left);
      const answer = ask(inquiry);
      if (answer !== undefined) return answer;
    }
  } finally {
    watch.close();
  }
}
