/** Errors and checks that `node:net` and `node:dgram` share, with their messages (https://nodejs.org/api/errors.html). */
import { coded } from './argument.js';
import { received } from './received.js';

/** Returns how Node.js calls a value in a message: `options.path` is a property, `port` an argument. */
export function kindOfName(name: string): 'property' | 'argument' {
  return name.includes('.') ? 'property' : 'argument';
}

/** Returns `The "options.lookup" property must be of type function. Received null`. */
export function wrongType(name: string, expected: string, value: unknown): TypeError {
  const message = `The "${name}" ${kindOfName(name)} must be ${expected}. ${received(value)}`;
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** Returns `Unsupported fd type: FILE`. */
export function invalidFdType(type: string): TypeError {
  return coded(TypeError, 'ERR_INVALID_FD_TYPE', `Unsupported fd type: ${type}`);
}

/** Returns `IP(127.0.0.1) is blocked by net.BlockList`. */
export function blockedIp(address: string): Error {
  return coded(Error, 'ERR_IP_BLOCKED', `IP(${address}) is blocked by net.BlockList`);
}

/** Returns `Port should be > 0 and < 65536. Received type number (0).` */
function badPort(name: string, port: unknown, allowZero: boolean): RangeError {
  const message = `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. ${received(port)}.`;
  return coded(RangeError, 'ERR_SOCKET_BAD_PORT', message);
}

/** Checks a port: a number, or a string with one. */
export function checkPort(port: unknown, name: string, allowZero: boolean): number {
  const isText = typeof port === 'string' && port.trim() !== '';
  if (typeof port !== 'number' && !isText) throw badPort(name, port, allowZero);
  const number = Number(port);
  if (number !== number >>> 0 || number > 0xffff || (number === 0 && !allowZero))
    throw badPort(name, port, allowZero);
  return number;
}
