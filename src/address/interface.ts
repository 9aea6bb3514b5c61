/** Network interfaces, by name and by index. */
import { binding } from '../binding.js';
import { checkInteger, checkText } from '../errors/argument.js';
import { socketError } from '../errors/errors.js';

/**
 * Returns the index of a network interface: 0 for `''`, and 5 for `'#5'`, the notation for an interface that no longer
 * exists.
 *
 * @throws SocketError `ENODEV` if there is no such interface
 */
export function interfaceIndex(name: string, argument: string): number {
  if (checkText(name, argument) === '') return 0;
  if (/^#\d{1,9}$/.test(name)) return Number(name.slice(1));
  const index = binding.if_nametoindex(name);
  if (index < 0) throw socketError(index, { syscall: 'if_nametoindex', address: name });
  return index;
}

/** Returns the name of an interface by its index: `''` for 0, `'#5'` for an interface that no longer exists. */
export function interfaceName(index: number): string {
  if (index === 0) return '';
  const name = binding.if_indextoname(index);
  return typeof name === 'string' ? name : `#${index}`;
}

/** A network interface as options take it: its index, or its name. Reading an option returns the index. */
export type InterfaceInput = number | string;

/** Returns the index of an interface that is given by index or name. 0 lets the system choose. */
export function resolveInterface(value: InterfaceInput, argument: string): number {
  if (typeof value === 'string') return interfaceIndex(value, argument);
  return checkInteger(value, argument, 0, 0x7fffffff);
}
