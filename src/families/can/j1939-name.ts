/** The NAME of a J1939 node, with which it claims an address: linux/can/j1939.h, SAE J1939-81. */

import { isUint8Array } from 'node:util/types';
import {
  checkBoolean,
  checkInteger,
  checkObject,
  invalidType,
  invalidValue,
  outOfRange,
} from '../../errors/argument.js';
import { viewOf } from '../../layout/view.js';

/** The fields of a 64-bit NAME. If two nodes claim the same address, the lower NAME gets it. */
export interface J1939Name {
  /** The serial number from the manufacturer: 21 bits. */
  readonly identityNumber: number;
  /** The manufacturer, from SAE's list: 11 bits. */
  readonly manufacturerCode: number;
  /** The instance among control units with the same function: 3 bits. */
  readonly ecuInstance: number;
  /** The instance of the function in the vehicle system: 5 bits. */
  readonly functionInstance: number;
  /** The function, from SAE's list: 8 bits. */
  readonly function: number;
  /** The vehicle system: 7 bits. */
  readonly vehicleSystem: number;
  /** The instance of the vehicle system: 4 bits. */
  readonly vehicleSystemInstance: number;
  /**
   * The industry group, 3 bits: 0 global, 1 on-highway, 2 agriculture and forestry, 3 construction, 4 marine, 5
   * industrial.
   */
  readonly industryGroup: number;
  /** Whether the node selects another address if its claim fails. */
  readonly arbitraryAddressCapable: boolean;
}

type Part = Exclude<keyof J1939Name, 'arbitraryAddressCapable'>;

/** The position of the lowest bit of each field, and its number of bits. Bit 48 is reserved. */
const parts: readonly (readonly [name: Part, shift: bigint, bits: number])[] = [
  ['identityNumber', 0n, 21],
  ['manufacturerCode', 21n, 11],
  ['ecuInstance', 32n, 3],
  ['functionInstance', 35n, 5],
  ['function', 40n, 8],
  ['vehicleSystem', 49n, 7],
  ['vehicleSystemInstance', 56n, 4],
  ['industryGroup', 60n, 3],
];

const ARBITRARY = 63n;

/** The size of a NAME in a message, where its lowest byte is first on every machine. */
const NAME_SIZE = 8;

/** Checks a 64-bit number. Throws a `TypeError` or `RangeError` that names `argument`. */
export function checkJ1939Name(value: unknown, argument: string): bigint {
  if (typeof value !== 'bigint') throw invalidType(argument, 'of type bigint', value);
  if (value < 0n || value > 0xffffffffffffffffn) throw outOfRange(argument, '>= 0 and < 2n ** 64n', value);
  return value;
}

function readName(bytes: Uint8Array): bigint {
  if (bytes.length !== NAME_SIZE) throw invalidValue('name', `must have ${NAME_SIZE} bytes`, bytes);
  return viewOf(bytes).getBigUint64(0, true);
}

/**
 * Packs the fields of a NAME into the number that addresses contain.
 *
 * @param name the fields; the default of a field is 0 or `false`
 * @throws TypeError or RangeError that names the invalid field
 */
export function packJ1939Name(name: Partial<J1939Name>): bigint {
  const input = checkObject(name, 'name') as Partial<J1939Name>;
  const isCapable = checkBoolean(input.arbitraryAddressCapable ?? false, 'name.arbitraryAddressCapable');
  let value = isCapable ? 1n << ARBITRARY : 0n;
  for (const [part, shift, bits] of parts) {
    value |= BigInt(checkInteger(input[part] ?? 0, `name.${part}`, 0, 2 ** bits - 1)) << shift;
  }
  return value;
}

/**
 * Parses a NAME into its fields.
 *
 * @param name a NAME from an address, or the 8 bytes of an address claim
 * @throws TypeError or RangeError if it is not a NAME
 */
export function parseJ1939Name(name: bigint | Uint8Array): J1939Name {
  const value = isUint8Array(name) ? readName(name) : checkJ1939Name(name, 'name');
  const entries = parts.map(([part, shift, bits]) => [
    part,
    Number((value >> shift) & ((1n << BigInt(bits)) - 1n)),
  ]);
  return Object.freeze({
    ...(Object.fromEntries(entries) as Record<Part, number>),
    arbitraryAddressCapable: value >> ARBITRARY === 1n,
  });
}

/**
 * Packs the message that claims an address: the 8 bytes of a NAME. A socket that is bound to the NAME and the address
 * broadcasts it (`J1939_NO_ADDR`) with the PGN `J1939_PGN_ADDRESS_CLAIMED`.
 *
 * @throws TypeError or RangeError if `name` is not a NAME
 */
export function packJ1939Claim(name: bigint): Buffer {
  const bytes = Buffer.alloc(NAME_SIZE);
  bytes.writeBigUInt64LE(checkJ1939Name(name, 'name'));
  return bytes;
}
