/** This machine's own name: gethostname(2), sethostname(2). */
import { binding } from '../binding.js';
import { checked, checkedText } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';

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
  checked(binding.sethostname(toBytes(name, 'name')), 'sethostname');
}
