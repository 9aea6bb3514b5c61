/** Deadlines of this package, as opposed to connections that timed out in the kernel. */
import { ETIMEDOUT } from './codes.js';
import { TimeoutError } from './errors.js';

/** The peer of a call, in the form that errors contain. */
export interface TimedOutPeer {
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

/**
 * Returns the error of a call whose deadline passed: `recv timed out after 100 ms`, or
 * `connect 127.0.0.1:1 timed out after 100 ms`.
 *
 * @param syscall the system call that was waited for
 * @param milliseconds the timeout that the caller set
 * @param peer the peer of the call, if any
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
 * Returns whether an error is a passed deadline of the caller: the `timeout` of a call, the `timeout` of a socket, or
 * `AbortSignal.timeout()`. It is false for a connection that timed out in the kernel. That error also has the code
 * `ETIMEDOUT`, but waiting longer does not help.
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
