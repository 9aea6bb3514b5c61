/** The name of this machine: gethostname(2), sethostname(2). */
import { binding } from '../binding.js';
import { checked, checkedText } from '../errors/errors.js';
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
  checked(binding.sethostname(toBytes(name, 'name')), 'sethostname');
}
