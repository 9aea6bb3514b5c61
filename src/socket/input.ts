/**
 * The receiving system calls. Each returns first what is pending of the socket's input (reactor/pending-input.ts), and 0 in
 * place of `EAGAIN` where nothing more can arrive.
 */
import { binding, leaveDataOnly } from '../binding.js';
import { MSG_ERRQUEUE, MSG_OOB, SOCK_STREAM } from '../constants/socket.js';
import { EAGAIN } from '../errors/codes.js';
import type { AnyCore } from './core.js';

/** Neither the urgent byte nor an error arrives in the order of the data. */
const OUT_OF_ORDER = MSG_OOB | MSG_ERRQUEUE;

function hasPending({ handle }: AnyCore, flags: number): boolean {
  return handle.hasPending && (flags & OUT_OF_ORDER) === 0;
}

/** What is pending arrived without an address, without control messages and without flags. */
function takePending({ handle }: AnyCore, buffers: readonly Uint8Array[], flags: number): number {
  leaveDataOnly();
  return handle.takePending(buffers, flags);
}

/**
 * Returns whether a datagram socket that has no data will never have any. After shutdown(SHUT_RD) a blocking receive on a datagram socket returns 0, but one with MSG_DONTWAIT returns EAGAIN
 * (net/core/datagram.c looks at RCV_SHUTDOWN only when it waits): a promise would never settle.
 */
export function isAtEnd({ handle, type }: AnyCore, flags: number): boolean {
  return type !== SOCK_STREAM && (flags & OUT_OF_ORDER) === 0 && handle.hasEnded;
}

/** Returns 0 instead of `EAGAIN` where nothing more can arrive. */
function settled(core: AnyCore, flags: number): number {
  if (!isAtEnd(core, flags)) return EAGAIN;
  leaveDataOnly();
  return 0;
}

/** recv(2). */
export function recv(core: AnyCore, memory: Uint8Array, flags: number): number {
  if (hasPending(core, flags)) return takePending(core, [memory], flags);
  const result = binding.recv(core.fd, memory, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}

/** recvfrom(2). */
export function recvfrom(core: AnyCore, memory: Uint8Array, flags: number): number {
  if (hasPending(core, flags)) return takePending(core, [memory], flags);
  const result = binding.recvfrom(core.fd, memory, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}

/** recvmsg(2). */
export function recvmsg(
  core: AnyCore,
  buffers: readonly Uint8Array[],
  control: Uint8Array | null,
  flags: number,
): number {
  if (hasPending(core, flags)) return takePending(core, buffers, flags);
  const result = binding.recvmsg(core.fd, buffers, control, flags);
  return result === EAGAIN ? settled(core, flags) : result;
}
