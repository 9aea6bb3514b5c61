/** Descriptors in messages: SCM_RIGHTS of unix(7). */

import { binding } from '../binding.js';
import { SCM_PIDFD, SCM_RIGHTS, SOL_SOCKET } from '../constants/socket.js';
import { checkArray, checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import { readInt, writeInt, zeroed } from '../layout/small.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import type { ControlMessage } from './control.js';

/** A file descriptor, or an object with one in `fd`: a FileHandle, a Socket, … */
export type Descriptor = number | { readonly fd: number };

/** The maximum number of descriptors per message: SCM_MAX_FD of the kernel's include/net/scm.h. */
export const SCM_MAX_FD = 253;

const INT = 4;

/**
 * The method of an object that must be called before its descriptor is shared. It returns the object's poll handle.
 * @internal
 */
export const BEFORE_SHARING: unique symbol = Symbol('beforeSharing');

/** Returns the number of a descriptor. */
export function descriptorNumber(descriptor: Descriptor, argument: string): number {
  if (typeof descriptor !== 'object' || descriptor === null)
    return checkInteger(descriptor, argument, 0, 0x7fffffff);
  const { fd } = checkObject(descriptor, argument) as { fd?: unknown };
  if (typeof fd !== 'number') {
    throw invalidType(argument, 'a descriptor or an object with a descriptor in its fd', descriptor);
  }
  if (fd < 0) throw invalidValue(argument, 'must be open', descriptor);
  handleOfDescriptor(descriptor);
  return checkInteger(fd, `${argument}.fd`, 0, 0x7fffffff);
}

/** Returns the poll handle of a descriptor that is a Socket of this package, and prepares the Socket for sharing it. */
export function handleOfDescriptor(descriptor: Descriptor): PollHandle | undefined {
  return (descriptor as { [BEFORE_SHARING]?(): PollHandle })[BEFORE_SHARING]?.();
}

/** Encodes the data of an SCM_RIGHTS message: an array of C ints. */
export function encodeDescriptors(descriptors: readonly Descriptor[], argument: string): Uint8Array {
  checkArray(descriptors, argument);
  if (descriptors.length > SCM_MAX_FD) {
    throw invalidValue(argument, `must not hold more than ${SCM_MAX_FD} descriptors`, descriptors.length);
  }
  const { length } = descriptors;
  const data = zeroed(INT * length);
  for (let i = 0; i < length; i++)
    writeInt(data, INT * i, descriptorNumber(descriptors[i]!, `${argument}[${i}]`));
  return data;
}

/** Decodes the data of an SCM_RIGHTS message. A truncated number at its end is ignored. */
export function decodeDescriptors(data: Uint8Array): number[] {
  const fds: number[] = [];
  for (let at = 0; at + INT <= data.length; at += INT) fds.push(readInt(data, at));
  return fds;
}

/** Returns the descriptors that were received with a message: SCM_RIGHTS. */
export function receivedDescriptors(control: readonly ControlMessage[]): number[] {
  return descriptorsIn(control, SCM_RIGHTS);
}

/** Returns the descriptors in all control messages of a type. */
function descriptorsIn(control: readonly ControlMessage[], type: number): number[] {
  const fds: number[] = [];
  for (const item of control) if (is(item, type)) fds.push(...decodeDescriptors(item.data));
  return fds;
}

/**
 * Returns the descriptor of the sender's process, which the kernel adds if SO_PASSPIDFD is set. A negative one is an
 * error.
 */
function processDescriptors(control: readonly ControlMessage[]): number[] {
  return descriptorsIn(control, SCM_PIDFD).filter(fd => fd >= 0);
}

function is({ level, type }: ControlMessage, wanted: number): boolean {
  return level === SOL_SOCKET && type === wanted;
}

/**
 * Releases received descriptors to the caller, who must close them. Until then the addon owns them, and closes them
 * when the thread ends.
 */
export function disownAll(descriptors: readonly number[]): void {
  for (const fd of descriptors) binding.disown(fd);
}

/** Closes descriptors that cannot be delivered to the caller. */
export function discardDescriptors(descriptors: readonly number[]): void {
  for (const fd of descriptors) binding.close(fd);
}

/** Closes the descriptors of a message's sender, for calls that return only `SCM_RIGHTS`. */
export function discardProcess(control: readonly ControlMessage[]): void {
  discardDescriptors(processDescriptors(control));
}

/** Closes all descriptors of a message, for calls that do not return control messages. */
export function discardAll(control: readonly ControlMessage[]): void {
  discardDescriptors(receivedDescriptors(control));
  discardProcess(control);
}

/** Releases the descriptors of a message to the caller, who must close them. */
export function disownReceived(control: readonly ControlMessage[]): void {
  if (control.length === 0) return;
  disownAll(receivedDescriptors(control));
  disownAll(processDescriptors(control));
}
