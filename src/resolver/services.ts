/** Services and protocols, by name and number: /etc/services and /etc/protocols. */
import { binding } from '../binding.js';
import { checkInteger, checkText } from '../errors/argument.js';
import { checked, checkedText } from '../errors/errors.js';

function checkProtocol(protocol: unknown): string | null {
  return protocol === undefined ? null : checkText(protocol, 'protocol');
}

/**
 * Returns the port of an Internet service: 80 for `'http'`.
 *
 * @param name the service's name or one of its aliases
 * @param protocol `'tcp'` or `'udp'`; any by default
 * @throws {SocketError} `ENOENT` if there is no such service
 * @throws {TypeError} naming the argument
 * @see getservbyname(3), services(5)
 */
export function getservbyname(name: string, protocol?: string): number {
  const result = binding.getservbyname(checkText(name, 'name'), checkProtocol(protocol));
  return checked(result, 'getservbyname', name);
}

/**
 * Returns the name of the Internet service on a port: `'http'` for 80.
 *
 * @param port 0 to 65535
 * @param protocol `'tcp'` or `'udp'`; any by default
 * @throws {SocketError} `ENOENT` if there is no such service
 * @throws {TypeError} or {RangeError} naming the argument
 * @see getservbyport(3), services(5)
 */
export function getservbyport(port: number, protocol?: string): string {
  const result = binding.getservbyport(checkInteger(port, 'port', 0, 0xffff), checkProtocol(protocol));
  return checkedText(result, 'getservbyport', String(port));
}

/**
 * Returns the number of an Internet protocol, for the third argument of `new Socket`: 1 for `'icmp'`.
 *
 * @param name the protocol's name or one of its aliases
 * @throws {SocketError} `ENOENT` if there is no such protocol
 * @throws {TypeError} naming the argument
 * @see getprotobyname(3), protocols(5)
 */
export function getprotobyname(name: string): number {
  return checked(binding.getprotobyname(checkText(name, 'name')), 'getprotobyname', name);
}
