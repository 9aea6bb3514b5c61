/** Deadlines of this package, as opposed to connections that the kernel gave up. */
import { ETIMEDOUT } from './codes.js';
import { TimeoutError } from './errors.js';

/** The peer that a call meant, as errors name it. */
export interface TimedOutPeer {
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

/**
 * Returns the error of a call whose deadline has passed: `recv timed out after 100 ms`, or
 * `connect 127.0.0.1:1 timed out after 100 ms`.
 *
 * @param syscall the system call that was waited for
 * @param milliseconds the limit that the caller set
 * @param peer the peer that the call meant, if it meant one
 */
export function timedOut(syscall: string, milliseconds: number, peer?: TimedOutPeer): TimeoutError {
  const { address, port } = peer ?? {};
  const subject = address === undefined ? '' : ` ${address}${port === undefined ? '' : `:${port}`}`;
  const message = `${syscall}${subject} timed out after ${milliseconds} ms`;
  return new TimeoutError(ETIMEDOUT, { syscall, address, port, message, timeout: milliseconds });
}

/** The code of a `DOMException` named `TimeoutError`. */
const TIMEOUT_ERR = 23;

/**
 * Whether an error says that a deadline of the caller has passed: the `timeout` of a call, the `timeout` of a socket, or
 * `AbortSignal.timeout()`. It is false for a connection that the kernel gave up: that is `ETIMEDOUT` too, but waiting
 * longer does not help.
 *
 * ```ts
 * try {
 *   await socket.recv(1024, { timeout: 1000 });
 * } catch (error) {
 *   if (!isTimeout(error)) throw error;
 * }
 * ```
 */
export function isTimeout(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { name, code, timeout } = error as { name?: unknown; code?: unknown; timeout?: unknown };
    if (name !== 'TimeoutError') return false;
    return code === TIMEOUT_ERR || (code === 'ETIMEDOUT' && typeof timeout === 'number');
  } catch {
    return false; // a revoked proxy
  }
}
