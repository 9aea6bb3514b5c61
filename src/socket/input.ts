/**
 * The receiving system calls. Each function first returns pending input of the socket (reactor/pending-input.ts). It
 * returns 0 instead of `EAGAIN` if no more data can arrive.
 */
import { binding, leaveDataOnly, piecesOf } from '../binding.js';
import { flagOrZero } from '../constants/constant.js';
import { MSG_ERRQUEUE, MSG_OOB, SOCK_STREAM } from '../constants/socket.js';
import { EAGAIN } from '../errors/codes.js';
import type { AnyCore } from './core.js';

/** Flags that read other input than the ordered data: the urgent byte or the error queue. */
const OUT_OF_ORDER = MSG_OOB | flagOrZero(MSG_ERRQUEUE);

function hasPending({ handle }: AnyCore, flags: number): boolean {
  return handle.hasPending && (flags & OUT_OF_ORDER) === 0;
}

/** Takes pending input. It has no address, no control messages and no flags. */
function takePending({ handle }: AnyCore, buffers: readonly Uint8Array[], flags: number): number {
  leaveDataOnly();
  return handle.takePending(buffers, flags);
}

/**
 * Returns whether a datagram socket without data will never receive any.
 *
 * After shutdown(SHUT_RD), a blocking receive call on a datagram socket returns 0, but one with MSG_DONTWAIT returns
 * EAGAIN (net/core/datagram.c checks RCV_SHUTDOWN only when it waits). Without this check a promise would never
 * settle.
 */
export function isAtEnd({ handle, type }: AnyCore, flags: number): boolean {
  return type !== SOCK_STREAM && (flags & OUT_OF_ORDER) === 0 && handle.hasEnded;
}

/** Returns 0 instead of `EAGAIN` if no more data can arrive. */
function settled(core: AnyCore, flags: number): number {
  if (!isAtEnd(core, flags)) return EAGAIN;
  leaveDataOnly();
  return 0;
}

/** Calls recv(2). */
export function recv(core: AnyCore, memory: Uint8Array, flags: number): number {
  if (hasPending(core, flags)) return takePending(core, [memory], flags);
  const result = binding.recv(core.fd, memory, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}

/** Calls recvfrom(2). */
export function recvfrom(core: AnyCore, memory: Uint8Array, flags: number): number {
  if (hasPending(core, flags)) return takePending(core, [memory], flags);
  const result = binding.recvfrom(core.fd, memory, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}

/** Calls recvmsg(2). */
export function recvmsg(
  core: AnyCore,
  buffers: readonly Uint8Array[],
  control: Uint8Array | null,
  flags: number,
): number {
  if (hasPending(core, flags)) return takePending(core, buffers, flags);
  const result = binding.recvmsg(core.fd, piecesOf(buffers), control, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}
