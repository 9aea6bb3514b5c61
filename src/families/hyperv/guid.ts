/** The GUIDs of machines and services: as text, and as Windows' structure. */
import { checkInteger, invalidType, invalidValue } from '../../errors/argument.js';
import { HV_GUID_VSOCK_TEMPLATE } from './constants.js';

const FORM = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Returns a GUID in lower case, or `undefined` if `text` is not a GUID. */
export function canonicalGuid(text: string): string | undefined {
  const small = text.toLowerCase();
  return FORM.test(small) ? small : undefined;
}

/** Checks a GUID and returns it in lower case. Throws an error that names `argument`. */
export function checkGuid(value: unknown, argument: string): string {
  if (typeof value !== 'string') throw invalidType(argument, 'of type string', value);
  const guid = canonicalGuid(value);
  if (guid === undefined)
    throw invalidValue(argument, 'must be a GUID: 8-4-4-4-12 hexadecimal digits', value);
  return guid;
}

// Windows' GUID is a structure of little-endian numbers: one of 32 bits, two of 16 bits, eight bytes.

/** Writes a GUID as Windows' structure. */
export function writeGuid(guid: string, into: Buffer, offset: number): void {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  into.writeUInt32LE(bytes.readUInt32BE(0), offset);
  into.writeUInt16LE(bytes.readUInt16BE(4), offset + 4);
  into.writeUInt16LE(bytes.readUInt16BE(6), offset + 6);
  bytes.copy(into, offset + 8, 8);
}

/** Reads a GUID and returns it in lower case. */
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
 * Returns the service ID with which a Windows host reaches a vsock port of a Linux guest. The port is in the first
 * eight digits of `HV_GUID_VSOCK_TEMPLATE`.
 *
 * @param port the vsock port, 32 bits. Linux only listens on ports below 2 ** 31 (net/vmw_vsock/hyperv_transport.c).
 * @throws RangeError if the port is out of range
 * @see hvsocket.h
 * @experimental
 */
export function vsockServiceId(port: number): string {
  checkInteger(port, 'port', 0, 0xffffffff);
  return port.toString(16).padStart(8, '0') + HV_GUID_VSOCK_TEMPLATE.slice(8);
}
