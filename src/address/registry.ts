/** The families that this process knows, and the address functions that work for all of them. */

import { addressLength, shared } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import { checkUint8Array } from '../layout/memory.js';
import { littleEndian } from '../layout/view.js';
import type { AddressInput, FamilyName, SocketAddress, UnknownAddress } from './address.js';
import type { FamilyDriver } from './driver.js';

// Erased: a driver takes only its own addresses, and the registry holds all of them.
type AnyDriver = FamilyDriver<never> & FamilyDriver;

const byNumber = new Map<number, AnyDriver>();
const byName = new Map<string, AnyDriver>();

/**
 * Adds a family. Called once by each driver. One that this platform lacks has no number that an address could say, and is
 * known by its name alone: its addresses are written as text and read back everywhere.
 */
export function defineFamily<F extends FamilyName>(driver: FamilyDriver<F>): FamilyDriver<F> {
  if (!isAbsent(driver.number)) byNumber.set(driver.number, driver as unknown as AnyDriver);
  byName.set(driver.name, driver as unknown as AnyDriver);
  return driver;
}

/** The driver that an address comes from, as far as reading goes. */
export type Origin = Pick<FamilyDriver, 'says' | 'decode'>;

/** The driver of a family number; one that passes raw bytes through where there is none. */
export function driverOf(number: number): FamilyDriver {
  return byNumber.get(number) ?? unknownDriver(number);
}

// sa_family_t is 16 bits in host order everywhere but on the BSDs, where a length byte stands before 8 bits.
const hasLengthByte = process.platform === 'darwin' || process.platform === 'freebsd';

/** The name of the driver of a family number; `undefined` where there is none. */
export function familyNameOf(number: number): string | undefined {
  return byNumber.get(number)?.name;
}

/** The family number at the head of a `sockaddr`. */
export function readFamily(bytes: Uint8Array): number {
  if (hasLengthByte) return bytes[1]!;
  return littleEndian ? bytes[0]! | (bytes[1]! << 8) : (bytes[0]! << 8) | bytes[1]!;
}

/** Writes the family number at the head of a `sockaddr`. */
export function writeFamily(into: Uint8Array, number: number): void {
  if (hasLengthByte) {
    into[0] = into.length;
    into[1] = number;
  } else {
    // Every address passes here, and a DataView costs more than all the rest of it.
    into[littleEndian ? 0 : 1] = number;
    into[littleEndian ? 1 : 0] = number >> 8;
  }
}

function unknownDriver(number: number): FamilyDriver<'unknown'> & FamilyDriver {
  return {
    name: 'unknown',
    number,
    encode(address) {
      const input = checkAddress<'unknown'>(address, 'unknown');
      const of = checkInteger(input.number, 'address.number', 0, 0xffff);
      const rest = checkUint8Array(input.bytes, 'address.bytes');
      const bytes = new Uint8Array(2 + rest.length);
      writeFamily(bytes, of);
      bytes.set(rest, 2);
      return bytes;
    },
    decode: (bytes, length) => decodeUnknown(bytes, length),
    format: address =>
      `unknown:${(address as UnknownAddress).number}:${hex((address as UnknownAddress).bytes)}`,
    parse: parseUnknown,
    describe: address => ({ address: `AF ${(address as UnknownAddress).number}` }),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function decodeUnknown(bytes: Uint8Array, length: number): UnknownAddress {
  const number = length >= 2 ? readFamily(bytes) : 0;
  return Object.freeze({
    family: 'unknown',
    number,
    bytes: Uint8Array.from(bytes.subarray(Math.min(2, length), length)),
  });
}

function parseUnknown(text: string): UnknownAddress | undefined {
  const match = /^unknown:(\d{1,5}):((?:[0-9a-f]{2})*)$/.exec(text);
  if (match === null || Number(match[1]) > 0xffff) return undefined;
  return Object.freeze({
    family: 'unknown',
    number: Number(match[1]),
    bytes: Uint8Array.from(Buffer.from(match[2]!, 'hex')),
  });
}

/** An address object whose `family`, where given, is the one wanted. */
export function checkAddress<F extends FamilyName>(address: unknown, family: F): AddressInput<F> {
  const input = checkObject(address, 'address') as { family?: unknown };
  if (input.family !== undefined && input.family !== family) {
    throw invalidValue('address.family', `must be '${family}' on this socket`, input.family);
  }
  return input as AddressInput<F>;
}

/**
 * The address in the first `length` bytes of a `sockaddr`: never an exception, whatever the bytes;
 * `null` where there are none, as for the sender of a connected stream.
 *
 * @param own the driver of the socket that it is from, where one is known: its addresses may say another family
 */
export function decodeAddress(bytes: Uint8Array, length: number, own?: Origin): SocketAddress | null {
  const present = Math.min(length, bytes.length);
  if (present === 0) return null;
  const number = present >= 2 ? readFamily(bytes) : undefined;
  const driver = own?.says !== undefined && own.says === number ? own : byNumber.get(number ?? Number.NaN);
  return driver?.decode(bytes, present) ?? decodeUnknown(bytes, present);
}

/** The address that the last native call left in shared memory; `own` as in {@link decodeAddress}. */
export function decodeShared(own?: Origin): SocketAddress | null {
  return decodeAddress(shared.address, addressLength(), own);
}

/**
 * One line of text for an address of any family: `127.0.0.1:80`, `[::1]:80`, `unix:/run/x.sock`, `unix:@abstract`.
 * {@link parseAddress} reads it back.
 *
 * @throws TypeError if `address` is not a complete address of a known family
 */
export function formatAddress(address: SocketAddress): string {
  const { family } = checkObject(address, 'address') as { family: string };
  const driver = family === 'unknown' ? unknownDriver(0) : byName.get(family);
  if (driver === undefined)
    throw invalidValue('address.family', 'must be the name of an address family', family);
  const text = textOf(driver, address);
  if (text === undefined)
    throw invalidValue('address', `must be a complete address of the family '${family}'`, address);
  return text;
}

/** The text of an address; `undefined` where it is none: then it makes no text, or one that reads differently. */
function textOf(driver: AnyDriver | FamilyDriver, address: object): string | undefined {
  try {
    const text = driver.format(address as never);
    const parsed = driver.parse(text);
    return parsed !== undefined && hasNumbersOf(address, parsed) ? text : undefined;
  } catch {
    return undefined; // a field of another type
  }
}

/** Whether what is a number in one address is a number in the other, where it is given. Text hides the difference. */
function hasNumbersOf(address: object, parsed: object): boolean {
  return Object.entries(parsed).every(([key, value]) => {
    const given: unknown = (address as Record<string, unknown>)[key];
    return (typeof value !== 'number' && typeof value !== 'bigint') || given === undefined || given === value;
  });
}

/**
 * Reads what {@link formatAddress} writes.
 *
 * @throws TypeError if `text` is no address of any known family
 */
export function parseAddress(text: string): SocketAddress {
  if (typeof text !== 'string') throw invalidType('text', 'of type string', text);
  for (const driver of [...byName.values(), unknownDriver(0)]) {
    const address = driver.parse(text);
    if (address !== undefined) return address;
  }
  throw invalidValue('text', 'must be an address as formatAddress writes it', text);
}
