/** Helpers for sockets whose send buffer is full. */
import { AF_UNIX, BlockingError } from 'berkeley';
import type { AnySocket } from './rows.js';

/** TCP has space again when the peer acknowledges, which it can delay for 40 ms (tcp(7), TCP_QUICKACK). */
const A_MOMENT = 60;

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Repeats the call until it would have to wait, and returns how often it succeeded. */
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

/** Sends until nothing fits, even a moment later. */
export function fill(socket: AnySocket, send: () => unknown): void {
  while (repeat(socket, send) > 0 && (socket.family as number) !== AF_UNIX) sleep(A_MOMENT);
}
