/** The receiving system calls, which give first what is held of the socket's input (reactor/held.ts). */
import { binding, leaveDataOnly } from '../../binding.js';
import { MSG_ERRQUEUE, MSG_OOB } from '../../constants/socket.js';
import type { Waitable } from '../../reactor/waitable.js';

/** Neither the urgent byte nor an error comes in the order of the data. */
const BESIDE = MSG_OOB | MSG_ERRQUEUE;

function hasHeld(waitable: Waitable, flags: number): boolean {
  return waitable.holds && (flags & BESIDE) === 0;
}

/** What is held came without an address, without control messages and without flags. */
function takeHeld(waitable: Waitable, buffers: readonly Uint8Array[], flags: number): number {
  leaveDataOnly();
  return waitable.takeHeld(buffers, flags);
}

/** recv(2). */
export function recv(waitable: Waitable, memory: Uint8Array, flags: number): number {
  if (hasHeld(waitable, flags)) return takeHeld(waitable, [memory], flags);
  return binding.recv(waitable.fd, memory, flags);
}

/** recvfrom(2). */
export function recvfrom(waitable: Waitable, memory: Uint8Array, flags: number): number {
  if (hasHeld(waitable, flags)) return takeHeld(waitable, [memory], flags);
  return binding.recvfrom(waitable.fd, memory, flags);
}

/** recvmsg(2). */
export function recvmsg(
  waitable: Waitable,
  buffers: readonly Uint8Array[],
  control: Uint8Array | null,
  flags: number,
): number {
  if (hasHeld(waitable, flags)) return takeHeld(waitable, buffers, flags);
  return binding.recvmsg(waitable.fd, buffers, control, flags);
}
