/** Receives the next request, in spite of errors that concern one client, or that end when resources are released. */
import { SocketError, TimeoutError } from '../errors/errors.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { EXHAUSTED_PAUSE, exhausted, pause } from '../socket/iterate.js';

/** How to receive a request. */
export interface Reception<T> {
  /** The system call, for errors. */
  readonly syscall: string;
  /** Returns whether an error concerns one request: the next one can be received. */
  isLost(code: string): boolean;
  receive(wait: WaitOptions): Promise<T>;
  /** Returns whether waiting keeps the process alive. */
  isRef(): boolean;
  /** Called for an error that ends when the process or the system has released resources. */
  onExhausted(code: string): void;
}

/**
 * Receives the next request.
 *
 * @throws TimeoutError when the deadline has passed; `EAGAIN` if the timeout is 0
 */
export async function receiveRequest<T>(reception: Reception<T>, wait: WaitOptions): Promise<T> {
  const deadline = new WaitDeadline(reception.syscall, wait);
  for (;;) {
    try {
      return await reception.receive(deadline.rest);
    } catch (error) {
      if (error instanceof TimeoutError && error.timeout !== undefined) throw deadline.error();
      const code = error instanceof SocketError ? error.code : '';
      if (reception.isLost(code)) continue;
      if (!exhausted.has(code) || deadline.isImmediate) throw error;
      deadline.check();
      reception.onExhausted(code);
      const time = Math.min(EXHAUSTED_PAUSE, deadline.left ?? EXHAUSTED_PAUSE);
      await pause(time, reception.isRef(), wait.signal);
    }
  }
}
