/** The names and indexes of network interfaces. RFC 3493 section 4. */
import { binding } from '../binding.js';
import { checkInteger, checkText } from '../errors/argument.js';
import { checked, checkedText, socketError } from '../errors/errors.js';

/** One network interface. */
export interface InterfaceName {
  /** Its number, 1 or more: what `scopeId` and many options mean. */
  readonly index: number;
  /** Its name: `'eth0'`. */
  readonly name: string;
}

/**
 * All network interfaces, in the kernel's order. See if_nameindex(3).
 *
 * @throws {SocketError} when the system does not tell
 */
export function if_nameindex(): InterfaceName[] {
  const list = binding.if_nameindex();
  if (typeof list === 'number') throw socketError(list, { syscall: 'if_nameindex' });
  const interfaces: InterfaceName[] = [];
  for (let i = 0; i < list.length; i += 2) {
    interfaces.push(Object.freeze({ index: list[i] as number, name: list[i + 1] as string }));
  }
  return interfaces;
}

/**
 * The index of the interface with a name. See if_nametoindex(3).
 *
 * @throws {SocketError} `ENODEV` when there is no such interface
 * @throws {TypeError} naming the argument
 */
export function if_nametoindex(name: string): number {
  return checked(binding.if_nametoindex(checkText(name, 'name')), 'if_nametoindex', name);
}

/**
 * The name of the interface with an index. See if_indextoname(3).
 *
 * @throws {SocketError} `ENXIO` when there is no such interface
 * @throws {TypeError} or {RangeError} naming the argument
 */
export function if_indextoname(index: number): string {
  const result = binding.if_indextoname(checkInteger(index, 'index', 0, 0xffffffff));
  return checkedText(result, 'if_indextoname', String(index));
}
