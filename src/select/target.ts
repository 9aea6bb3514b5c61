import { checkInteger, checkObject, invalidType } from '../errors/argument.js';
import { closedError, type SocketError } from '../errors/errors.js';
import { handleOf } from '../socket/socket.js';

/** A target of a selector: a descriptor, or an object with a descriptor in `fd`: a `Socket`, a `FileHandle`, a `Selector`, … */
export type Selectable = number | { readonly fd: number };

const LARGEST_FD = 0x7fffffff;

/**
 * Returns the descriptor of a target; -1 if the object is closed.
 *
 * @throws TypeError or RangeError naming the argument
 */
export function descriptorOf(target: Selectable, argument: string): number {
  if (typeof target === 'number') return checkInteger(target, argument, 0, LARGEST_FD);
  const expected = 'a descriptor or an object with a descriptor in its fd';
  if (typeof target !== 'object' || target === null) throw invalidType(argument, expected, target);
  const { fd } = checkObject(target, argument) as { fd?: unknown };
  if (typeof fd !== 'number') throw invalidType(argument, expected, target);
  return fd < 0 ? -1 : checkInteger(fd, `${argument}.fd`, 0, LARGEST_FD);
}

/**
 * Returns the descriptor of a target that is open.
 *
 * @throws SocketError `EBADF` if the object is closed
 */
export function openDescriptorOf(target: Selectable, argument: string, syscall: string): number {
  const fd = descriptorOf(target, argument);
  if (fd < 0) throw closedTargetError(syscall);
  return fd;
}

/** Returns the error for a descriptor that is not open. */
export function closedTargetError(syscall: string): SocketError {
  return closedError(syscall, 'one of the descriptors is closed');
}

/**
 * Returns whether a target is a `Socket` with pending input: data that an earlier call received and gave back. The next
 * receive call returns it, but the kernel does not know of it.
 */
export function hasPendingInput(target: Selectable): boolean {
  return typeof target === 'object' && handleOf(target)?.hasPending === true;
}

/**
 * Calls `onInput` when a `Socket` gets pending input.
 *
 * @returns stops following; `undefined` for other targets
 */
export function followPendingInput(target: Selectable, onInput: () => void): (() => void) | undefined {
  return typeof target === 'object' ? handleOf(target)?.followInput(onInput) : undefined;
}

/**
 * Calls `onClose` when a `Socket` is closed, while its descriptor number is still its own. Other targets do not report
 * it.
 *
 * @returns stops following; `undefined` for other targets
 */
export function followTarget(target: Selectable, onClose: () => void): (() => void) | undefined {
  return typeof target === 'object' ? handleOf(target)?.follow(onClose) : undefined;
}
