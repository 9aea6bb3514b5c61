/** Errors with the codes and messages of `node:dgram`, for the calls that it has. */
import { getSystemErrorMap } from 'node:util';
import { coded } from '../errors/argument.js';
import { EINVAL, errnoCode } from '../errors/codes.js';
import { SocketError, socketError } from '../errors/errors.js';
import { shown } from '../errors/received.js';

/** The errors of a call that is not possible in the current state of the socket. */
const messages = {
  ERR_SOCKET_ALREADY_BOUND: 'Socket is already bound',
  ERR_SOCKET_DGRAM_IS_CONNECTED: 'Already connected',
  ERR_SOCKET_DGRAM_NOT_CONNECTED: 'Not connected',
  ERR_SOCKET_DGRAM_NOT_RUNNING: 'Not running',
} as const;

/** Returns the error of a call that is not possible in the current state. */
export function stateError(code: keyof typeof messages): Error {
  return coded(Error, code, messages[code]);
}

/** Returns `The value of "options.recvBufferSize" is out of range. It must be an integer. Received 1.5`. */
export function rangeError(name: string, range: string, value: number): RangeError {
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${separated(value)}`;
  return coded(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** Writes a number as Node.js does: above 32 bits with separators. */
function separated(value: number): string {
  const text = shown(value);
  return Number.isInteger(value) && Math.abs(value) > 2 ** 32
    ? text.replace(/\B(?=(\d{3})+(?!\d))/g, '_')
    : text;
}

/** Returns `Bad socket type specified. Valid types are: …`. */
export function badTypeError(): TypeError {
  const valid = 'Valid types are: udp4, udp6, unix';
  return coded(TypeError, 'ERR_SOCKET_BAD_TYPE', `Bad socket type specified. ${valid}`);
}

/** Returns `"offset" is outside of buffer bounds`. */
export function boundsError(name: string): RangeError {
  return coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', `"${name}" is outside of buffer bounds`);
}

/** Returns `The "multicastAddress" argument must be specified`. */
export function missingError(name: string): TypeError {
  return coded(TypeError, 'ERR_MISSING_ARGS', `The "${name}" argument must be specified`);
}

/** Returns `Buffer size must be a positive integer`. */
export function badBufferSizeError(): TypeError {
  return coded(TypeError, 'ERR_SOCKET_BAD_BUFFER_SIZE', 'Buffer size must be a positive integer');
}

/** Returns the error of a buffer size that the kernel did not accept or report, with `info` as in Node.js. */
export function bufferSizeError(error: unknown, syscall: string): Error {
  const errno = errnoOf(error);
  const code = errnoCode(errno);
  const message = getSystemErrorMap().get(errno)?.[1] ?? code;
  const text = `Could not get or set buffer size: ${syscall} returned ${code} (${message})`;
  const made = coded(Error, 'ERR_SOCKET_BUFFER_SIZE', text);
  made.name = 'SystemError';
  return Object.assign(made, { info: { errno, code, message, syscall }, errno, syscall });
}

/**
 * Returns the error of a system call in the form of Node.js: `bind EADDRINUSE 127.0.0.1:53`. It has no advice, because
 * programs compare these messages.
 */
export function callError(errno: number, syscall: string, address?: string, port?: number): SocketError {
  return socketError(errno, { syscall, address: address || undefined, port: port || undefined });
}

/** Returns the error number of an error of this package: EINVAL for a value that it rejects before a system call. */
export function errnoOf(error: unknown): number {
  if (error instanceof SocketError) return error.errno;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('ERR_')) return EINVAL;
  throw error;
}

/** Adds the cause of an error, as the option of `Error` does. */
export function withCause<E extends Error>(error: E, cause: unknown): E {
  return Object.defineProperty(error, 'cause', {
    value: cause,
    configurable: true,
    enumerable: false,
    writable: true,
  });
}

/** Runs a call. Throws its error in the form of Node.js: `setTTL EINVAL`. The original one, with advice, is its cause. */
export function named<T>(syscall: string, run: () => T, address?: string, port?: number): T {
  try {
    return run();
  } catch (error) {
    throw withCause(callError(errnoOf(error), syscall, address, port), error);
  }
}
