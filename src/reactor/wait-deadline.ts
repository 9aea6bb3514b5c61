import { performance } from 'node:perf_hooks';
import { EAGAIN } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { timedOut } from '../errors/timeout.js';
import { Alarm } from './alarm.js';
import type { WaitOptions } from './wait-options.js';

/** One limit for a call that waits several times. It starts when the object is made. */
export class WaitDeadline {
  readonly #signal: AbortSignal | undefined;
  readonly #timeout: number | undefined;
  readonly #end: number;

  /**
   * @param syscall the name of the call, for its errors
   * @param wait checked wait options
   */
  constructor(
    private readonly syscall: string,
    { signal, timeout }: WaitOptions,
  ) {
    this.#signal = signal;
    this.#timeout = timeout ?? undefined;
    this.#end = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  }

  /** The signal of the call. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** The limit for the whole call in milliseconds; `undefined` without a limit. */
  get timeout(): number | undefined {
    return this.#timeout;
  }

  /** Whether the call never waits: its timeout is 0. */
  get isImmediate(): boolean {
    return this.#timeout === 0;
  }

  /**
   * The milliseconds that are left for the next wait; `undefined` without a limit. At least 1 unless the call never waits:
   * 0 would turn the rest of the call into one that never waits.
   */
  get left(): number | undefined {
    if (this.#timeout === undefined || this.#timeout === 0) return this.#timeout;
    return Math.max(1, this.#end - performance.now());
  }

  /** The options for the next wait. */
  get rest(): WaitOptions {
    return { signal: this.#signal, timeout: this.left };
  }

  /**
   * Reports when the deadline passes or the signal is aborted. The timer does not keep the process alive: whatever the call
   * waits for does.
   *
   * @returns stops the timer and stops listening to the signal
   */
  watch(onTimeout: () => void, onAbort: (reason: unknown) => void): () => void {
    const signal = this.#signal;
    const alarm = this.#end === Number.POSITIVE_INFINITY ? undefined : new Alarm(this.#end, onTimeout, false);
    const listener = () => onAbort(signal?.reason);
    signal?.addEventListener('abort', listener);
    return () => {
      alarm?.clear();
      signal?.removeEventListener('abort', listener);
    };
  }

  /** Throws when the deadline has passed. A call that never waits has none. */
  check(): void {
    if (this.#timeout !== 0 && performance.now() > this.#end) throw this.error();
  }

  /** The error of a call that has to wait longer than it can: `EAGAIN` if it never waits, else a `TimeoutError`. */
  error(): Error {
    if (this.#timeout === 0) return socketError(EAGAIN, { syscall: this.syscall });
    return timedOut(this.syscall, this.#timeout ?? 0);
  }
}
