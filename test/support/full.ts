/** Sockets that take nothing more. */
import { AF_UNIX, BlockingError } from 'berkeley';
import type { AnySocket } from './rows.js';

/** TCP has room again when the other end acknowledges, which it may put off for 40 ms (tcp(7), TCP_QUICKACK). */
const A_MOMENT = 60;

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Makes the call until it would have to wait; how often that was. */
export function repeat(socket: AnySocket, call: () => unknown): number {
  const before = socket.timeout;
  socket.timeout = 0;
  let count = 0;
  try {
    for (; ; count++) call();
  } catch (error) {
    if (!(error instanceof BlockingError)) throw error;
    return count;
  } finally {
    socket.timeout = before;
  }
}

/** Sends until nothing fits, nor a moment later. */
export function fill(socket: AnySocket, send: () => unknown): void {
  while (repeat(socket, send) > 0 && (socket.family as number) !== AF_UNIX) sleep(A_MOMENT);
}
