/** The name of this machine: gethostname(2), sethostname(2). */
import { binding } from '../binding.js';
import { EPERM } from '../errors/codes.js';
import { checked, checkedText, socketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';

/**
 * Returns the name of this machine. {@link getfqdn} adds the domain.
 *
 * @throws {SocketError} if the system call fails
 * @see gethostname(2)
 */
export function gethostname(): string {
  return checkedText(binding.gethostname(), 'gethostname');
}

/**
 * Sets the name of this machine until the next boot.
 *
 * @param name at most 64 bytes; a string counts as UTF-8
 * @throws {PermissionError} `EPERM` without CAP_SYS_ADMIN
 * @throws {SocketError} `EINVAL` if the name is too long
 * @throws {TypeError} naming the argument
 * @see sethostname(2)
 */
export function sethostname(name: Bytes): void {
  const errno = binding.sethostname(toBytes(name, 'name'));
  if (errno === EPERM) throw socketError(errno, { syscall: 'sethostname', hint: 'needs CAP_SYS_ADMIN' });
  checked(errno, 'sethostname');
}
