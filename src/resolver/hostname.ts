/** This machine's own name: gethostname(2), sethostname(2). */
import { binding } from '../binding.js';
import { EPERM } from '../errors/codes.js';
import { checked, checkedText, socketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../message/bytes.js';

/**
 * The name of this machine, as its kernel knows it; {@link getfqdn} is the one that knows domains. See gethostname(2).
 *
 * @throws {SocketError} when the kernel does not tell
 */
export function gethostname(): string {
  return checkedText(binding.gethostname(), 'gethostname');
}

/**
 * Names this machine, until it boots again. See sethostname(2).
 *
 * @param name at most 64 bytes; a string counts as UTF-8
 * @throws {PermissionError} `EPERM` without CAP_SYS_ADMIN
 * @throws {SocketError} `EINVAL` when the name is too long
 * @throws {TypeError} when `name` is neither text nor bytes
 */
export function sethostname(name: Bytes): void {
  const errno = binding.sethostname(toBytes(name, 'name'));
  if (errno === EPERM) throw socketError(errno, { syscall: 'sethostname', hint: 'needs CAP_SYS_ADMIN' });
  checked(errno, 'sethostname');
}
