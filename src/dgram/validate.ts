/** Checks of arguments, in the order and with the errors of `node:dgram`. */

import { isIP } from 'node:net';
import { invalidValue } from '../errors/argument.js';
import { wrongType } from '../errors/node-errors.js';
import { boundsError, rangeError } from './errors.js';

const BYTES = 'of type string or an instance of Buffer, TypedArray, or DataView';

/** Data to send. */
export type Data = string | NodeJS.ArrayBufferView;

/** Checks a string. */
export function checkString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
  return value;
}

/** Checks a number. */
export function checkNumber(value: unknown, name: string): number {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  return value;
}

/** Returns the error of an argument that is not an object. */
export function objectError(name: string, value: unknown): TypeError {
  return wrongType(name, 'of type object', value);
}

/** Checks a numeric address, for a call that does not resolve names. Returns `undefined` if it is absent. */
export function checkNumeric(value: unknown, name: string, call: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const address = checkString(value, name);
  if (isIP(address) !== 0) return address;
  throw invalidValue(name, `must be a numeric IP address; ${call} does not perform DNS resolution`, address);
}

/** Checks a size of 32 bits. */
export function checkUint32(value: unknown, name: string): number {
  const number = checkNumber(value, name);
  if (!Number.isInteger(number)) throw rangeError(name, 'an integer', number);
  if (number < 0 || number > 0xffffffff) throw rangeError(name, '>= 0 && <= 4294967295', number);
  return number;
}

function bufferOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Returns the part of the data that `offset` and `length` select. */
function slice(data: unknown, offset: unknown, length: unknown): Buffer {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) throw wrongType('buffer', BYTES, data);
  const bytes = typeof data === 'string' ? Buffer.from(data) : bufferOf(data);
  const start = Number(offset) >>> 0;
  const count = Number(length) >>> 0;
  if (start > bytes.length) throw boundsError('offset');
  if (start + count > bytes.length) throw boundsError('length');
  return bytes.subarray(start, start + count);
}

/** Returns the pieces of a datagram. */
export function piecesOf(data: unknown): Buffer[] {
  if (Array.isArray(data)) {
    const pieces = data.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece));
    if (!pieces.every(piece => ArrayBuffer.isView(piece)))
      throw wrongType('buffer list arguments', BYTES, data);
    return pieces.map(bufferOf);
  }
  if (typeof data === 'string') return [Buffer.from(data)];
  if (Buffer.isBuffer(data)) return [data];
  if (!ArrayBuffer.isView(data)) throw wrongType('buffer', BYTES, data);
  return [bufferOf(data)];
}

/** The function that a send call ends with. */
export type SendCallback = (error: Error | null, bytes: number) => void;

/** The parsed arguments of `send()`. */
export interface SendArguments {
  readonly pieces: Buffer[];
  readonly port: unknown;
  readonly address: unknown;
  readonly callback: SendCallback | undefined;
}

function functionOf(value: unknown): SendCallback | undefined {
  return typeof value === 'function' ? (value as SendCallback) : undefined;
}

/** Parses `(msg[, offset, length][, port][, address][, callback])` of an unconnected socket. */
export function parseAddressed(given: readonly unknown[]): SendArguments {
  const [data, offset, length, port, address, callback] = given;
  const isSliced = Boolean(address) || (Boolean(port) && typeof port !== 'function');
  const rest = isSliced ? [port, address, callback] : [offset, length, port];
  const pieces = piecesOf(isSliced ? slice(data, offset, length) : data);
  const [to, host, last] = rest;
  if (typeof host === 'function') return { pieces, port: to, address: undefined, callback: functionOf(host) };
  return { pieces, port: to, address: host, callback: functionOf(last) };
}

/** Parses `(msg[, offset, length][, callback])` of a connected socket. */
export function parseConnected(given: readonly unknown[], isConnectedError: () => Error): SendArguments {
  const [data, offset, length, third, address, callback] = given;
  const isSliced = typeof length === 'number';
  const isLast = isSliced && typeof third === 'function';
  const part = isSliced ? slice(data, offset, length) : data;
  if ((third && !isLast) || address) throw isConnectedError();
  const pieces = piecesOf(part);
  const last = isSliced ? (isLast ? third : callback) : offset;
  return { pieces, port: null, address: undefined, callback: functionOf(last) };
}
