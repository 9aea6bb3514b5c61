import { checkInteger, invalidType } from '../errors/argument.js';
import { EBADF } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { Waitable } from '../reactor/waitable.js';

/** What can be selected: a descriptor, or anything that has one in `fd`: a `Socket`, a `FileHandle`, a `Selector`, … */
export type Selectable = number | { readonly fd: number };

/** The descriptor's number; -1 where the object is closed. */
export function descriptorOf(target: Selectable, argument: string): number {
  if (typeof target === 'number') return checkInteger(target, argument, 0, 0x7fffffff);
  if (typeof target !== 'object' || target === null || typeof target.fd !== 'number') {
    throw invalidType(argument, 'a descriptor or an object with a descriptor in its fd', target);
  }
  return target.fd < 0 ? -1 : checkInteger(target.fd, `${argument}.fd`, 0, 0x7fffffff);
}

/** The same of an object that has to be open. */
export function openDescriptorOf(target: Selectable, argument: string, syscall: string): number {
  const fd = descriptorOf(target, argument);
  if (fd < 0) throw closedError(syscall);
  return fd;
}

/** One of the descriptors is not open. */
export function closedError(syscall: string): Error {
  return socketError(EBADF, { syscall, hint: 'a descriptor that was asked about is closed' });
}

/** Calls `follower` when the target is closed, where that can be known: a `Socket` tells. */
export function followTarget(target: Selectable, follower: () => void): (() => void) | undefined {
  if (typeof target !== 'object' || !('waitable' in target)) return undefined;
  return target.waitable instanceof Waitable ? target.waitable.follow(follower) : undefined;
}
