/** Opening a descriptor, and asking the kernel what one is. */
import { roomOf } from '../address/registry.js';
import { binding, shared } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { isFamily } from '../constants/labels.js';
import { SOL_SOCKET } from '../constants/socket.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { checked, socketError } from '../errors/errors.js';

/** Checks what a socket is to be made of, and makes its descriptor. */
export function open(family: number, type: number, protocol: number): number {
  assertPresent(family, 'family');
  assertPresent(type, 'type');
  assertPresent(protocol, 'protocol');
  checkInteger(family, 'family', 0, 0xffff);
  if (!isFamily(family)) throw outOfRange('family', 'an address family (an AF_ constant)', family);
  checkInteger(type, 'type', 0, 0x7fffffff);
  checkInteger(protocol, 'protocol', 0, 0x7fffffff);
  const fd = binding.socket(family, type, protocol);
  if (fd < 0) throw socketError(fd, { syscall: 'socket', hint: roomOf(family).hint });
  return fd;
}

/** A number that the kernel knows of a socket: SO_DOMAIN, SO_TYPE, SO_PROTOCOL. */
export function ask(fd: number, option: number): number {
  checked(binding.getsockoptInt(fd, SOL_SOCKET, option), 'getsockopt');
  return shared.words[0]!;
}
