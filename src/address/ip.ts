/** Byte order and text formats of Internet addresses: the functions of inet(3) and byteorder(3), in TypeScript. */
import { checkInteger, checkText, invalidType, invalidValue, outOfRange } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { parseAton, readIpv4, readIpv6, writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import { toWritable } from '../layout/memory.js';
import { swap16, swap32 } from '../layout/view.js';

/**
 * Converts a 16-bit number from host to network byte order. See byteorder(3).
 *
 * @param value 0 to 65535
 * @throws {RangeError} if `value` is out of range
 */
export function htons(value: number): number {
  return swap16(checkInteger(value, 'value', 0, 0xffff));
}

/**
 * Converts a 16-bit number from network to host byte order. See byteorder(3).
 *
 * @param value 0 to 65535
 * @throws {RangeError} if `value` is out of range
 */
export function ntohs(value: number): number {
  return swap16(checkInteger(value, 'value', 0, 0xffff));
}

/**
 * Converts a 32-bit number from host to network byte order. See byteorder(3).
 *
 * @param value 0 to 4294967295
 * @throws {RangeError} if `value` is out of range
 */
export function htonl(value: number): number {
  return swap32(checkInteger(value, 'value', 0, 0xffffffff));
}

/**
 * Converts a 32-bit number from network to host byte order. See byteorder(3).
 *
 * @param value 0 to 4294967295
 * @throws {RangeError} if `value` is out of range
 */
export function ntohl(value: number): number {
  return swap32(checkInteger(value, 'value', 0, 0xffffffff));
}

function checkPacked(value: ArrayBufferView | ArrayBufferLike, argument: string, length: number): Uint8Array {
  const bytes = toWritable(value, argument);
  if (bytes.length !== length) throw invalidValue(argument, `must be ${length} bytes long`, value);
  return bytes;
}

/**
 * Converts the text of an IPv4 address to its four bytes in network byte order. It accepts every form that inet_aton(3)
 * of glibc accepts: one to four numbers, decimal, octal (`0…`) or hexadecimal (`0x…`), where the last fills the
 * remaining bytes. `127.1` is 127.0.0.1. Text after the first white space is ignored.
 *
 * For untrusted input, use {@link inet_pton}, which accepts only one form.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_VALUE` if `text` is not an address
 */
export function inet_aton(text: string): Buffer {
  const address = parseAton(checkText(text, 'text'));
  if (address < 0) throw invalidValue('text', 'must be an IPv4 address', text);
  const packed = Buffer.alloc(4);
  packed.writeUInt32BE(address);
  return packed;
}

/**
 * Converts the four bytes of an IPv4 address in network byte order to the text `a.b.c.d`. See inet_ntoa(3).
 *
 * @throws {TypeError} `ERR_INVALID_ARG_VALUE` if `packed` does not have four bytes
 */
export function inet_ntoa(packed: ArrayBufferView | ArrayBufferLike): string {
  return readIpv4(checkPacked(packed, 'packed', 4), 0);
}

function unsupported(family: unknown): Error {
  if (typeof family !== 'number') return invalidType('family', 'of type number', family);
  return outOfRange('family', 'AF_INET or AF_INET6', family);
}

/**
 * Converts the text of an address to bytes in network byte order: four for `AF_INET`, sixteen for `AF_INET6`. See
 * inet_pton(3).
 *
 * @param family `AF_INET` or `AF_INET6`
 * @param text for `AF_INET` exactly `a.b.c.d`; for `AF_INET6` any form of RFC 4291 section 2.2, without `%scope`
 * @throws {TypeError} `ERR_INVALID_ARG_VALUE` if `text` is not an address of the family
 * @throws {RangeError} if `family` is not one of the two
 */
export function inet_pton(family: number, text: string): Buffer {
  if (family !== AF_INET && family !== AF_INET6) throw unsupported(family);
  const inet6 = family === AF_INET6;
  const packed = Buffer.alloc(inet6 ? 16 : 4);
  const valid = (inet6 ? writeIpv6 : writeIpv4)(checkText(text, 'text'), packed, 0);
  if (!valid) throw invalidValue('text', `must be an ${inet6 ? 'IPv6' : 'IPv4'} address`, text);
  return packed;
}

/**
 * Converts the bytes of an address in network byte order to text. See inet_ntop(3).
 *
 * @param family `AF_INET` or `AF_INET6`
 * @param packed four bytes for `AF_INET`, sixteen for `AF_INET6`
 * @throws {TypeError} `ERR_INVALID_ARG_VALUE` if `packed` does not have the family's length
 * @throws {RangeError} if `family` is not one of the two
 */
export function inet_ntop(family: number, packed: ArrayBufferView | ArrayBufferLike): string {
  if (family === AF_INET) return readIpv4(checkPacked(packed, 'packed', 4), 0);
  if (family === AF_INET6) return readIpv6(checkPacked(packed, 'packed', 16), 0);
  throw unsupported(family);
}
