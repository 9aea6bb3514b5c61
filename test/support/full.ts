/** Helpers for sockets whose send buffer is full. */
import { AF_UNIX, BlockingError, type Socket } from 'berkeley';
import { tcp } from 'berkeley/options';
import { onWindows } from './local.js';
import type { AnySocket } from './rows.js';

/** Windows does not tell what is in flight. */
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

/** Waits until the peer of a TCP socket has acknowledged what is in flight, which it can delay (tcp(7), TCP_QUICKACK). */
function settle(socket: AnySocket): void {
  if (onWindows) sleep(A_MOMENT);
  else while ((socket as unknown as Socket).getOption(tcp.info).unacked > 0) sleep(1);
}

/**
 * Sends until nothing fits, on a Unix or a TCP socket. An acknowledgement makes space for more. So does the probe of a window
 * that is almost closed, later: a test in which a call has to wait makes the send buffer smaller afterwards.
 */
export function fill(socket: AnySocket, send: () => unknown): void {
  while (repeat(socket, send) > 0 && (socket.family as number) !== AF_UNIX) settle(socket);
}
