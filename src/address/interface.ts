/** Network interfaces, by name and by index. */
import { binding } from '../binding.js';
import { checkInteger, checkText } from '../errors/argument.js';
import { socketError, socketErrorOf } from '../errors/errors.js';

/** IFNAMSIZ of <net/if.h> and of Windows' <netioapi.h>, without the NUL. */
const LONGEST_NAME = process.platform === 'win32' ? 256 : 15;

/**
 * Checks the name of a network interface. The kernel has no space for a longer name, so no interface has one. The error
 * contains only the beginning of the name.
 *
 * @throws SocketError `ENODEV` if it is too long
 */
export function checkInterfaceName(value: unknown, argument: string): string {
  const name = checkText(value, argument);
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const hint = `names of interfaces have at most ${LONGEST_NAME} bytes`;
  throw socketErrorOf('ENODEV', {
    syscall: 'if_nametoindex',
    address: `${name.slice(0, LONGEST_NAME)}…`,
    hint,
  });
}

/**
 * Returns the index of a network interface: 0 for `''`, and 5 for `'#5'`, the notation for an interface that no longer
 * exists.
 *
 * @throws SocketError `ENODEV` if there is no such interface
 */
export function interfaceIndex(name: string, argument: string): number {
  if (checkInterfaceName(name, argument) === '') return 0;
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
