/** Opening a descriptor, and asking the kernel what one is. */

import { isFamily } from '../address/labels.js';
import { driverOf } from '../address/registry.js';
import { binding, shared } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { SOCK_CLOEXEC, SOCK_NONBLOCK, SOL_SOCKET } from '../constants/socket.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { errnoCode } from '../errors/codes.js';
import { checked, socketError } from '../errors/errors.js';

const FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;

/** A number that names a family, a type or a protocol. */
export function checkName(value: number, argument: string): number {
  assertPresent(value, argument);
  return checkInteger(value, argument, 0, 0x7fffffff);
}

/** Checks what a socket is to be made of. */
export function checkKind(family: number, type: number, protocol: number): void {
  checkName(family, 'family');
  if (!isFamily(family)) throw outOfRange('family', 'an address family (an AF_ constant)', family);
  checkName(type, 'type');
  checkName(protocol, 'protocol');
}

function cureOf(family: number, type: number, protocol: number, errno: number): string | undefined {
  const driver = driverOf(family);
  return driver.cure?.({ type: type & ~FLAGS, protocol, code: errnoCode(errno) }) ?? driver.hint;
}

/** Checks what a socket is to be made of, and makes its descriptor. */
export function open(family: number, type: number, protocol: number): number {
  checkKind(family, type, protocol);
  const fd = binding.socket(family, type, protocol);
  if (fd < 0) throw socketError(fd, { syscall: 'socket', hint: cureOf(family, type, protocol, fd) });
  return fd;
}

/** A number that the kernel knows of a socket: SO_DOMAIN, SO_TYPE, SO_PROTOCOL. */
export function ask(fd: number, option: number): number {
  checked(binding.getsockoptInt(fd, SOL_SOCKET, option), 'getsockopt');
  return shared.words[0]!;
}
