/** The registry of address families, and the address functions that work for all of them. */

import { addressLength, shared } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import { checkUint8Array } from '../layout/memory.js';
import { littleEndian } from '../layout/view.js';
import type { AddressInput, FamilyName, SocketAddress, UnknownAddress } from './address.js';
import type { FamilyDriver } from './driver.js';

// A driver without its type parameter. A driver takes only its own addresses, and the registry contains all drivers.
type AnyDriver = FamilyDriver<never> & FamilyDriver;

/** A registered family. Its driver is evaluated when it is first used: most programs use two or three families. */
interface Registered {
  readonly name: FamilyName;
  readonly load: () => AnyDriver;
}

const byNumber = new Map<number, Registered>();
const byName = new Map<string, Registered>();

/**
 * Registers a family. Each family calls it once. A family that the platform lacks has no number, so it is registered
 * only by name: its addresses can be formatted and parsed on every platform.
 *
 * @param load returns the driver
 */
export function defineFamily<F extends FamilyName>(
  name: F,
  number: number,
  load: () => FamilyDriver<F>,
): void {
  const family = { name, load: load as unknown as () => AnyDriver };
  if (!isAbsent(number)) byNumber.set(number, family);
  byName.set(name, family);
}

/** The part of a driver that is needed to decode its addresses. */
export type Origin = Pick<FamilyDriver, 'says' | 'decode'>;

/** Returns the driver of a family number, or a driver that passes raw bytes through if there is none. */
export function driverOf(number: number): FamilyDriver {
  return byNumber.get(number)?.load() ?? unknownDriver(number);
}

// sa_family_t is 16 bits in host byte order on all systems except the BSDs, where it is a length byte and 8 bits.
const hasLengthByte = process.platform === 'darwin' || process.platform === 'freebsd';

/** Returns the name of a family number; `undefined` if it has no driver. */
export function familyNameOf(number: number): string | undefined {
  return byNumber.get(number)?.name;
}

/** Returns the driver of a family name; `undefined` if there is none. */
export function driverNamed(name: string): FamilyDriver | undefined {
  return byName.get(name)?.load();
}

/** Reads the family number of a `sockaddr`. */
export function readFamily(bytes: Uint8Array): number {
  if (hasLengthByte) return bytes[1]!;
  return littleEndian ? bytes[0]! | (bytes[1]! << 8) : (bytes[0]! << 8) | bytes[1]!;
}

/** Writes the family number of a `sockaddr`. */
export function writeFamily(into: Uint8Array, number: number): void {
  if (hasLengthByte) {
    into[0] = into.length;
    into[1] = number;
  } else {
    // Writing bytes is faster than a DataView, and this code runs for every address.
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

/** Checks an address object. Its `family`, if present, must be the expected one. */
export function checkAddress<F extends FamilyName>(address: unknown, family: F): AddressInput<F> {
  const input = checkObject(address, 'address') as { family?: unknown };
  if (input.family !== undefined && input.family !== family) {
    throw invalidValue('address.family', `must be '${family}' on this socket`, input.family);
  }
  return input as AddressInput<F>;
}

/**
 * Decodes the address in the first `length` bytes of a `sockaddr`. It never throws. The result is `null` if there are
 * no bytes, as for the sender on a connected stream.
 *
 * @param own the driver of the socket, if it is known: the family number in its addresses can differ from its own
 */
export function decodeAddress(bytes: Uint8Array, length: number, own?: Origin): SocketAddress | null {
  const present = Math.min(length, bytes.length);
  if (present === 0) return null;
  const number = present >= 2 ? readFamily(bytes) : undefined;
  const driver =
    own?.says !== undefined && own.says === number ? own : byNumber.get(number ?? Number.NaN)?.load();
  return driver?.decode(bytes, present) ?? decodeUnknown(bytes, present);
}

/** Decodes the address that the last native call wrote to shared memory. For `own`, see {@link decodeAddress}. */
export function decodeShared(own?: Origin): SocketAddress | null {
  return decodeAddress(shared.address, addressLength(), own);
}

/**
 * Formats an address of any family as one line of text: `127.0.0.1:80`, `[::1]:80`, `unix:/run/x.sock`,
 * `unix:@abstract`. {@link parseAddress} reads it.
 *
 * @throws TypeError if `address` is not a complete address of a supported family
 */
export function formatAddress(address: SocketAddress): string {
  const { family } = checkObject(address, 'address') as { family: string };
  const driver = family === 'unknown' ? unknownDriver(0) : byName.get(family)?.load();
  if (driver === undefined)
    throw invalidValue('address.family', 'must be the name of an address family', family);
  const text = textOf(driver, address);
  if (text === undefined)
    throw invalidValue('address', `must be a complete address of the family '${family}'`, address);
  return text;
}

/**
 * Returns the text of an address; `undefined` if it is invalid: it cannot be formatted, or the text parses to another
 * address.
 */
function textOf(driver: AnyDriver | FamilyDriver, address: object): string | undefined {
  try {
    const text = driver.format(address as never);
    const parsed = driver.parse(text);
    return parsed !== undefined && hasTypesOf(address, parsed) ? text : undefined;
  } catch {
    return undefined; // a field has another type
  }
}

/**
 * Returns whether the fields of `parsed` have the same types in `address`. The text does not show the difference: `5` and
 * `'5'` look the same, and a missing name looks like the name `undefined`. Numbers and empty text can be absent.
 */
function hasTypesOf(address: object, parsed: object): boolean {
  return Object.entries(parsed).every(([key, value]) => {
    const given: unknown = (address as Record<string, unknown>)[key];
    if (value === true) return given === true; // the path '' looks like no name
    if (typeof value === 'number' || typeof value === 'bigint') return given === undefined || given === value;
    if (typeof value !== 'string' || (value === '' && given === undefined)) return true;
    return typeof given === 'string' || ArrayBuffer.isView(given);
  });
}

/**
 * Parses the text that {@link formatAddress} returns.
 *
 * @throws TypeError if `text` is not an address of a supported family
 */
export function parseAddress(text: string): SocketAddress {
  if (typeof text !== 'string') throw invalidType('text', 'of type string', text);
  for (const { load } of byName.values()) {
    const address = load().parse(text);
    if (address !== undefined) return address;
  }
  const unknown = parseUnknown(text);
  if (unknown !== undefined) return unknown;
  throw invalidValue('text', 'must be an address as formatAddress writes it', text);
}
