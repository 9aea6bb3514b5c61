/** Joins and leaves groups, with the arguments of `node:dgram` and with the names of interfaces. */
import { SocketError, socketErrorOf } from '../errors/errors.js';
import { callError, errnoOf, withCause } from './errors.js';

/** An interface: an address, as in Node.js, or a name or index. */
export type Interface = string | number;

/** One interface, or several. */
export type Interfaces = Interface | readonly Interface[];

/** Returns an interface as the options take it. `undefined` and an unspecified address select that of the route. */
export function toInterface(value: unknown): Interface | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  const text = String(value);
  const [address, zone] = text.split('%');
  // Node.js uses only the zone of an IPv6 address: `::%eth1` is the interface eth1.
  if (/^[0:]+$/.test(address!) && address!.includes(':')) return zone ?? 0;
  return text === '0.0.0.0' ? 0 : text;
}

/** Does something for each of several interfaces. If one fails, it is undone for those before it. */
export function forEach(
  interfaces: unknown,
  run: (by: Interface | undefined) => void,
  undo: (by: Interface | undefined) => void,
): void {
  const list = Array.isArray(interfaces) ? interfaces : [interfaces];
  const done: (Interface | undefined)[] = [];
  try {
    for (const value of list) {
      const by = toInterface(value);
      run(by);
      done.push(by);
    }
  } catch (error) {
    for (const by of done) undo(by);
    throw error;
  }
}

/**
 * Runs a membership call. The kernel reports `ENODEV` for an address that no interface has, and so does Node.js;
 * `multicast` reports `EADDRNOTAVAIL`.
 */
export function membership(syscall: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    const isUnknown = error instanceof SocketError && error.address !== undefined;
    const errno = isUnknown ? socketErrorOf('ENODEV', { syscall }).errno : errnoOf(error);
    throw withCause(callError(errno, syscall), error);
  }
}
