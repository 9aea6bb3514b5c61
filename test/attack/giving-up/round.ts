/** One round of the randomised test: its random numbers, and the promises that have to settle. */
import assert from 'node:assert/strict';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { BlockingError, isTimeout, SocketError } from 'berkeley';
import { Random } from './random.js';

/** The limit and the signal of one call. */
export interface Limits {
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The reason of every abort in the test. */
export const ABORTED = new Error('aborted by the test');

/** How a call ended: its result, or the error of its abort or timeout. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

const PATIENCE = 10_000;

/** Errors of calls on a socket that was closed here or by its peer. */
const closedCodes = new Set(['EBADF', 'EPIPE', 'ECONNRESET', 'ENOTCONN', 'ECONNREFUSED']);

export class Round {
  readonly random: Random;
  /** The log of the round, for the report of a failure. */
  readonly log: string[] = [];
  readonly #pending = new Map<Promise<unknown>, string>();

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Waits a short time, or not. */
  async pause(): Promise<void> {
    const kind = this.random.between(0, 5);
    if (kind === 0) await delay(this.random.between(1, 3));
    else if (kind <= 2) await turn();
    else if (kind === 3) await undefined;
  }

  /** Waits for the end of a call for a limited time: a call without a limit may need a later event. */
  async waitFor(call: Promise<void> | undefined): Promise<void> {
    await Promise.race([call, delay(5)]);
  }

  /** Limits for a promise call: most are aborted or time out. */
  limits(): Limits {
    const { random } = this;
    switch (random.between(0, 5)) {
      case 0:
        return { timeout: 0 };
      case 1:
        return { timeout: random.between(1, 4) };
      case 2:
      case 3:
        return { signal: this.#abortSoon() };
      case 4:
        return { timeout: random.between(1, 4), signal: this.#abortSoon() };
      default:
        return {};
    }
  }

  /** Limits for a Sync call, which must not block for long, because nothing else runs meanwhile. */
  syncLimits(): { readonly timeout: number } {
    return { timeout: this.random.chance(0.6) ? 0 : this.random.between(1, 2) };
  }

  #abortSoon(): AbortSignal {
    const controller = new AbortController();
    const abort = (): void => controller.abort(ABORTED);
    switch (this.random.between(0, 3)) {
      case 0:
        setTimeout(abort, this.random.between(0, 3));
        break;
      case 1:
        setImmediate(abort);
        break;
      case 2:
        queueMicrotask(abort);
        break;
      default:
        if (this.random.chance(0.2)) abort();
        else setTimeout(abort, 1);
    }
    return controller.signal;
  }

  /** Makes a call and records its end, which must come once. */
  watch<T>(what: string, call: () => Promise<T>, ended: (outcome: Outcome<T>) => void): Promise<void> {
    this.log.push(what);
    let settled = 0;
    const once = (outcome: Outcome<T>): void => {
      assert.equal(++settled, 1, `${what} settled twice`);
      this.log.push(`  ${what}: ${describe(outcome)}`);
      ended(outcome);
    };
    const promise = call().then(
      value => once({ value }),
      error => {
        checkGivenUp(what, error);
        once({ error });
      },
    );
    this.#pending.set(promise, what);
    return promise;
  }

  /** Makes a Sync call. */
  watchSync<T>(what: string, call: () => T, ended: (outcome: Outcome<T>) => void): void {
    let outcome: Outcome<T>;
    try {
      outcome = { value: call() };
    } catch (error) {
      checkGivenUp(what, error);
      outcome = { error };
    }
    this.log.push(`${what}: ${describe(outcome)}`);
    ended(outcome);
  }

  /** Waits until every call has ended. */
  async settle(): Promise<void> {
    const timer = new AbortController();
    const late = delay(PATIENCE, 'late', { signal: timer.signal }).catch(() => 'stopped');
    const all = Promise.all(this.#pending.keys()).then(() => 'settled');
    try {
      if ((await Promise.race([all, late])) === 'late') throw new Error('a call has never ended');
    } finally {
      timer.abort();
      this.#pending.clear();
    }
  }
}

/** Calls can fail early only in the way that their limits specify. */
function checkGivenUp(what: string, error: unknown): void {
  if (error === ABORTED || error instanceof BlockingError || isTimeout(error)) return;
  if (error instanceof SocketError && closedCodes.has(error.code)) return;
  throw new Error(`${what} failed`, { cause: error });
}

function describe(outcome: Outcome<unknown>): string {
  if ('error' in outcome) return String(outcome.error);
  const { value } = outcome;
  return value instanceof Uint8Array ? `${value.length} bytes` : String(value);
}
