/** The errors of `node:net`, with its codes and messages (https://nodejs.org/api/errors.html). */

import { getSystemErrorMap, inspect } from 'node:util';
import { coded, outOfRange } from '../errors/argument.js';
import { errnoCode } from '../errors/codes.js';
import { type SocketError, socketError } from '../errors/errors.js';
import { kindOfName, wrongType } from '../errors/node-errors.js';

type ErrorClass = new (message: string) => Error;

/** The errors without a variable part: their class and message. */
const table: Readonly<Record<string, readonly [ErrorClass, string]>> = {
  ERR_INVALID_HANDLE_TYPE: [TypeError, 'This handle type cannot be sent'],
  ERR_MISSING_ARGS: [TypeError, 'The "options" or "port" or "path" argument must be specified'],
  ERR_SERVER_ALREADY_LISTEN: [Error, 'Listen method has been called more than once without closing.'],
  ERR_SERVER_NOT_RUNNING: [Error, 'Server is not running.'],
  ERR_SOCKET_CLOSED: [Error, 'Socket is closed'],
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION: [Error, 'Socket closed before the connection was established'],
  ERR_SOCKET_HANDLE_ADOPTED: [Error, 'The socket handle was already adopted'],
  EPIPE: [Error, 'This socket has been ended by the other party'],
};

/** Returns an error of the table by its code. */
export function netError(code: keyof typeof table & string): Error {
  const [Class, message] = table[code]!;
  return coded(Class, code, message);
}

/** Returns the error of an address that is not numeric. */
export function invalidIp(address: unknown): Error {
  return coded(TypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${address}`);
}

/** Returns the error of a lookup function that returned another family than 4 or 6. */
export function invalidFamily(family: unknown, host: unknown, port: unknown): Error {
  const message = `Invalid address family: ${family} ${host}:${port}`;
  return Object.assign(coded(RangeError, 'ERR_INVALID_ADDRESS_FAMILY', message), { host, port });
}

/** Returns the error of an invalid value: `The argument 'options' is invalid. …` */
export function wrongValue(name: string, value: unknown, reason = 'is invalid'): Error {
  const text = inspect(value);
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text;
  const message = `The ${kindOfName(name)} '${name}' ${reason}. Received ${shown}`;
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

/** Checks that a value has a type. */
export function checkType<T extends 'boolean' | 'function' | 'number' | 'string'>(
  value: unknown,
  name: string,
  type: T,
): void {
  if (typeof value !== type) throw wrongType(name, `of type ${type}`, value);
}

/** Checks an integer of 32 bits. */
export function checkInt32(value: unknown, name: string, least: number, most = 0x7fffffff): number {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
  return value;
}

/** The address in the error of a system call. */
export interface FailedAddress {
  /** The host or path. */
  readonly address?: string | null | undefined;
  /** The port; absent for paths. */
  readonly port?: number | undefined;
  /** The local address, if the caller has chosen it. */
  readonly local?: { readonly address: string; readonly port: number } | undefined;
}

function placeOf({ address, port }: FailedAddress): string {
  if (port !== undefined && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

/** Returns the error of a failed system call of a connection: `connect ECONNREFUSED 127.0.0.1:1`. */
export function callError(errno: number, syscall: string, to: FailedAddress = {}): SocketError {
  const local = to.local === undefined ? '' : ` - Local (${to.local.address}:${to.local.port})`;
  const message = `${syscall} ${errnoCode(errno)}${placeOf(to)}${local}`;
  return withPlace(socketError(errno, { syscall, message }), to);
}

/** Returns the error of a server that cannot listen: `listen EADDRINUSE: address already in use :::80`. */
export function listenError(errno: number, to: FailedAddress): SocketError {
  const text = getSystemErrorMap().get(errno)?.[1] ?? 'unknown error';
  const message = `listen ${errnoCode(errno)}: ${text}${placeOf(to)}`;
  return withPlace(socketError(errno, { syscall: 'listen', message }), to);
}

/** Adds the address to an error, as Node does: the port only if it is not 0. */
function withPlace<E extends object>(error: E, { address, port }: FailedAddress): E {
  return Object.assign(error, address !== undefined && { address }, Boolean(port) && { port });
}
