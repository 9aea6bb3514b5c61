/** The NAME of a J1939 node, which it claims its address by: linux/can/j1939.h, SAE J1939-81. */

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

/** What the 64 bits of a NAME say. Of two nodes that want one address, the lower NAME gets it. */
export interface J1939Name {
  /** The serial number that the manufacturer gave: 21 bits. */
  readonly identityNumber: number;
  /** Whose product it is, by SAE's list: 11 bits. */
  readonly manufacturerCode: number;
  /** Which of several control units with the same function: 3 bits. */
  readonly ecuInstance: number;
  /** Which of several such functions in the vehicle system: 5 bits. */
  readonly functionInstance: number;
  /** What it does, by SAE's list: 8 bits. */
  readonly function: number;
  /** The part of the vehicle: 7 bits. */
  readonly vehicleSystem: number;
  /** Which of several such parts: 4 bits. */
  readonly vehicleSystemInstance: number;
  /** The trade, 3 bits: 0 all, 1 on the road, 2 farm and forest, 3 construction, 4 marine, 5 industry. */
  readonly industryGroup: number;
  /** Whether it looks for another address when it does not get the one it wants. */
  readonly arbitraryAddressCapable: boolean;
}

type Part = Exclude<keyof J1939Name, 'arbitraryAddressCapable'>;

/** Where each part stands, from the lowest bit on, and its bits; bit 48 is reserved. */
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

/** On the bus a NAME's lowest byte goes first, whatever the machine. */
const NAME_SIZE = 8;

/** A 64-bit number, or a `TypeError` or `RangeError` that names `argument`. */
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
 * The NAME that these parts make, as addresses have it.
 *
 * @param name the parts; those that are left out are 0, and false
 * @throws TypeError or RangeError naming the part that does not fit
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
 * The parts of a NAME.
 *
 * @param name a NAME as addresses have it, or the 8 bytes of a message that claims an address
 * @throws TypeError or RangeError if it is neither
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
 * What claims an address for a NAME: the 8 bytes that a socket bound to it and to the address sends to everybody
 * (`J1939_NO_ADDR`), with the PGN `J1939_PGN_ADDRESS_CLAIMED`.
 *
 * @throws TypeError or RangeError if it is no NAME
 */
export function packJ1939Claim(name: bigint): Buffer {
  const bytes = Buffer.alloc(NAME_SIZE);
  bytes.writeBigUInt64LE(checkJ1939Name(name, 'name'));
  return bytes;
}
