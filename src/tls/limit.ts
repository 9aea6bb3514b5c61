import { timedOut } from '../errors/timeout.js';
import { Alarm } from '../reactor/alarm.js';
import type { WaitOptions } from '../reactor/wait-options.js';

/** The signal and the timeout of one call, which has several steps, as one signal. */
export class Limit {
  readonly #controller = new AbortController();
  readonly #alarm: Alarm | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#controller.abort(this.#signal!.reason);

  /** @param syscall the name of the call in a TimeoutError */
  constructor(
    { signal, timeout = null }: WaitOptions,
    syscall: string,
    peer: { address?: string; port?: number },
  ) {
    this.#signal = signal;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort);
    if (timeout === null) return;
    const end = performance.now() + timeout;
    this.#alarm = new Alarm(end, () => this.#controller.abort(timedOut(syscall, timeout, peer)), true);
  }

  /** Is aborted with the error that the call rejects with. */
  get stop(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the limit when the call has ended. */
  end(): void {
    this.#alarm?.clear();
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}
