/** The names and indexes of network interfaces. RFC 3493 section 4. */
import { checkInterfaceName } from '../address/interface.js';
import { binding } from '../binding.js';
import { checkInteger } from '../errors/argument.js';
import { checked, checkedText, socketError } from '../errors/errors.js';

/** A network interface. */
export interface InterfaceName {
  /** The interface index, 1 or more: `scopeId` and many options use it. */
  readonly index: number;
  /** The name: `'eth0'`. */
  readonly name: string;
}

/**
 * Returns all network interfaces, in the kernel's order.
 *
 * @throws {SocketError} if the system call fails
 * @see if_nameindex(3)
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
 * Returns the index of the interface with a name.
 *
 * @param name the name of the interface
 * @throws {SocketError} `ENODEV` if there is no such interface
 * @throws {TypeError} naming the argument
 * @see if_nametoindex(3)
 */
export function if_nametoindex(name: string): number {
  return checked(binding.if_nametoindex(checkInterfaceName(name, 'name')), 'if_nametoindex', name);
}

/**
 * Returns the name of the interface with an index.
 *
 * @param index the interface index
 * @throws {SocketError} `ENXIO` if there is no such interface
 * @throws {TypeError} or {RangeError} naming the argument
 * @see if_indextoname(3)
 */
export function if_indextoname(index: number): string {
  const result = binding.if_indextoname(checkInteger(index, 'index', 0, 0xffffffff));
  return checkedText(result, 'if_indextoname', String(index));
}
