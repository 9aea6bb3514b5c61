/** Descriptors in flight: SCM_RIGHTS of unix(7). */

import { binding } from '../binding.js';
import { SCM_PIDFD, SCM_RIGHTS, SOL_SOCKET } from '../constants/socket.js';
import { checkArray, checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import { littleEndian, viewOf } from '../layout/view.js';
import type { ControlMessage } from './control.js';

/** A descriptor, or anything that has one in `fd`: a FileHandle, a Socket, … */
export type Descriptor = number | { readonly fd: number };

/** The most descriptors in one message: SCM_MAX_FD of the kernel's include/net/scm.h. */
export const SCM_MAX_FD = 253;

const INT = 4;

/** The method that an object has to have called before its descriptor is given to someone else. @internal */
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
  (descriptor as { [BEFORE_SHARING]?(): void })[BEFORE_SHARING]?.();
  return checkInteger(fd, `${argument}.fd`, 0, 0x7fffffff);
}

/** The data of an SCM_RIGHTS message: an array of C ints. */
export function encodeDescriptors(descriptors: readonly Descriptor[], argument: string): Uint8Array {
  checkArray(descriptors, argument);
  if (descriptors.length > SCM_MAX_FD) {
    throw invalidValue(argument, `must not hold more than ${SCM_MAX_FD} descriptors`, descriptors.length);
  }
  const numbers = Array.from(descriptors, (descriptor, i) =>
    descriptorNumber(descriptor, `${argument}[${i}]`),
  );
  return new Uint8Array(Int32Array.from(numbers).buffer);
}

/** The descriptors in the data of an SCM_RIGHTS message; a number that was cut off at its end is none. */
export function decodeDescriptors(data: Uint8Array): number[] {
  const view = viewOf(data);
  return Array.from({ length: Math.floor(data.length / INT) }, (_, i) =>
    view.getInt32(i * INT, littleEndian),
  );
}

/** The descriptors that were handed over with a message: SCM_RIGHTS. */
export function receivedDescriptors(control: readonly ControlMessage[]): number[] {
  return control.flatMap(item => (is(item, SCM_RIGHTS) ? decodeDescriptors(item.data) : []));
}

/** The descriptor of the sender's process that the kernel made, where SO_PASSPIDFD is set; below 0 it could not. */
function processDescriptors(control: readonly ControlMessage[]): number[] {
  const fds = control.flatMap(item => (is(item, SCM_PIDFD) ? decodeDescriptors(item.data) : []));
  return fds.filter(fd => fd >= 0);
}

function is({ level, type }: ControlMessage, wanted: number): boolean {
  return level === SOL_SOCKET && type === wanted;
}

/**
 * Gives received descriptors to the caller, who closes them from now on. Until then the addon owns them, and closes them
 * when the thread ends.
 */
export function disownAll(descriptors: readonly number[]): void {
  for (const fd of descriptors) binding.disown(fd);
}

/** Closes descriptors that cannot be delivered to anyone. */
export function discardDescriptors(descriptors: readonly number[]): void {
  for (const fd of descriptors) binding.close(fd);
}

/** Closes the descriptors that came with a message which is not asked for anything but `SCM_RIGHTS`. */
export function discardProcess(control: readonly ControlMessage[]): void {
  discardDescriptors(processDescriptors(control));
}

/** Closes all descriptors that came with a message: nobody would ever learn their numbers. */
export function discardAll(control: readonly ControlMessage[]): void {
  discardDescriptors(receivedDescriptors(control));
  discardProcess(control);
}
