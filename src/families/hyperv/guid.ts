/** The GUIDs of machines and services: text, and Windows' structure. */
import { checkInteger, invalidType, invalidValue } from '../../errors/argument.js';
import { HV_GUID_VSOCK_TEMPLATE } from './constants.js';

const FORM = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** A GUID in small letters, or `undefined` where `text` is none. */
export function canonicalGuid(text: string): string | undefined {
  const small = text.toLowerCase();
  return FORM.test(small) ? small : undefined;
}

/** A GUID of any case, or an error that names `argument`. */
export function checkGuid(value: unknown, argument: string): string {
  if (typeof value !== 'string') throw invalidType(argument, 'of type string', value);
  const guid = canonicalGuid(value);
  if (guid === undefined)
    throw invalidValue(argument, 'must be a GUID: 8-4-4-4-12 hexadecimal digits', value);
  return guid;
}

// Windows' GUID is a structure of numbers, little-endian as all of Windows: a 32-bit one, two of 16 bits, eight bytes.

/** Writes a GUID as Windows lays it out. */
export function writeGuid(guid: string, into: Buffer, offset: number): void {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  into.writeUInt32LE(bytes.readUInt32BE(0), offset);
  into.writeUInt16LE(bytes.readUInt16BE(4), offset + 4);
  into.writeUInt16LE(bytes.readUInt16BE(6), offset + 6);
  bytes.copy(into, offset + 8, 8);
}

/** Reads a GUID, in small letters. */
export function readGuid(bytes: Buffer, offset: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return [
    hex(bytes.readUInt32LE(offset), 8),
    hex(bytes.readUInt16LE(offset + 4), 4),
    hex(bytes.readUInt16LE(offset + 6), 4),
    bytes.toString('hex', offset + 8, offset + 10),
    bytes.toString('hex', offset + 10, offset + 16),
  ].join('-');
}

/**
 * The service id by which a Windows host meets a vsock port of a Linux guest: the port in the first eight digits of
 * `HV_GUID_VSOCK_TEMPLATE`.
 *
 * @param port the vsock port, 32 bits. Linux listens on those below 2 ** 31 (net/vmw_vsock/hyperv_transport.c).
 * @throws RangeError if it is none
 * @see hvsocket.h
 */
export function vsockServiceId(port: number): string {
  checkInteger(port, 'port', 0, 0xffffffff);
  return port.toString(16).padStart(8, '0') + HV_GUID_VSOCK_TEMPLATE.slice(8);
}
