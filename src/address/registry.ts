/** The families that this process knows, and the address functions that work for all of them. */

import { addressLength, shared } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { checkInteger, checkObject, invalidType, invalidValue } from '../errors/argument.js';
import type { AddressInput, AddressOf, FamilyName, SocketAddress, UnknownAddress } from './address.js';
import { littleEndian } from './byte-order.js';

/** How a call waits: a signal to stop it, and the milliseconds it may take. */
export interface Wait {
  /** Ends the wait: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the call may take in all; 0 does not wait; `null` or absent: no limit. */
  readonly timeout?: number | null | undefined;
}

/** What an address adds to an error: `address`, and `port` where the family has ports. */
export interface Peer {
  readonly address: string;
  readonly port?: number | undefined;
}

/** A socket that could not be made. */
export interface WantedSocket {
  readonly type: number;
  readonly protocol: number;
  /** Why not: `'EPROTONOSUPPORT'`, `'EPERM'`, … */
  readonly code: string;
}

/** What the kernel refused. */
export interface Refusal {
  /** The error's symbolic name: `'ENOBUFS'`. */
  readonly code: string;
  readonly syscall: string;
  /** The protocol that the socket was made with. */
  readonly protocol: number;
}

/** One address family: everything the sockets have to know about it. */
export interface Room<F extends FamilyName = FamilyName> {
  /** The name that its addresses carry. */
  readonly name: F;
  /** Its `AF_` number on this platform; the number of an absent constant where the platform lacks the family. */
  readonly number: number;
  /** The number that the kernel wants and writes in its addresses, where that is another family's. */
  readonly says?: number;
  /** What would help when the kernel lacks it. */
  readonly hint?: string;
  /** What would help when the kernel does not make one such socket; {@link hint} where it is absent, or knows nothing. */
  cure?(wanted: WantedSocket): string | undefined;
  /** What would help when the kernel refuses to send or receive; `undefined` where nothing is known to. */
  explain?(refusal: Refusal): string | undefined;
  /** Checks an address and lays it out as the kernel's `sockaddr`. */
  encode(address: AddressInput<F>): Uint8Array;
  /** Reads the kernel's `sockaddr`, `length` bytes of it; `undefined` where the bytes make no sense. */
  decode(bytes: Uint8Array, length: number): AddressOf<F> | undefined;
  /** One line of text that `parse` reads back. */
  format(address: AddressOf<F>): string;
  /** The address in `text`, or `undefined` when it is not one of this family. */
  parse(text: string): AddressOf<F> | undefined;
  /** What an error says of the address. */
  describe(address: AddressInput<F>): Peer;
  /** What would help when bind(2) fails with a code, where more is known than of the family as a whole. */
  bindHint?(code: string, address: AddressInput<F>): string | undefined;
  /** The address with its host name replaced by a number; a room without host names has none. */
  resolve?(address: AddressInput<F>, wait: Wait): Promise<AddressInput<F>>;
  /** The same, blocking. */
  resolveSync?(address: AddressInput<F>): AddressInput<F>;
  /** Whether `resolve` would have anything to do. */
  isResolved?(address: AddressInput<F>): boolean;
  /** Whether an address always has the same bytes. One that names an interface has not: interfaces come and go. */
  isPure?(address: AddressInput<F>): boolean;
  /** Whether its sockets have an error queue (`MSG_ERRQUEUE`); the kernel's others take the flag for none. */
  readonly hasErrorQueue?: boolean;
  /** Whether accept(2) may ask who connected; true where absent. */
  readonly namesPeers?: boolean;
  /** Whether connect(2) has to be called again when the connection is made (see socket/operations/connect.ts). */
  connectsTwice?(type: number): boolean;
  /** Whether a short read from such a socket means that nothing is left to read (see reactor/lane.ts). */
  shortReadMeansDrained?(type: number, protocol: number): boolean;
}

// Erased: a room takes only its own addresses, and the registry holds all of them.
type AnyRoom = Room<never> & Room;

const byNumber = new Map<number, AnyRoom>();
const byName = new Map<string, AnyRoom>();

/**
 * Adds a family. Called once by each room. One that this platform lacks has no number that an address could say, and is
 * known by its name alone: its addresses are written as text and read back everywhere.
 */
export function defineFamily<F extends FamilyName>(room: Room<F>): Room<F> {
  if (!isAbsent(room.number)) byNumber.set(room.number, room as unknown as AnyRoom);
  byName.set(room.name, room as unknown as AnyRoom);
  return room;
}

/** The room that an address comes from, as far as reading goes. */
export type Origin = Pick<Room, 'says' | 'decode'>;

/** The room of a family number; one that passes raw bytes through where there is none. */
export function roomOf(number: number): Room {
  return byNumber.get(number) ?? unknownRoom(number);
}

// sa_family_t is 16 bits in host order everywhere but on the BSDs, where a length byte stands before 8 bits.
const hasLengthByte = process.platform === 'darwin' || process.platform === 'freebsd';

/** The name of the room of a family number; `undefined` where there is none. */
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

function unknownRoom(number: number): Room<'unknown'> & Room {
  return {
    name: 'unknown',
    number,
    encode(address) {
      const input = checkAddress<'unknown'>(address, 'unknown');
      const of = checkInteger(input.number, 'address.number', 0, 0xffff);
      if (!(input.bytes instanceof Uint8Array)) {
        throw invalidType('address.bytes', 'an instance of Uint8Array', input.bytes);
      }
      const bytes = new Uint8Array(2 + input.bytes.length);
      writeFamily(bytes, of);
      bytes.set(input.bytes, 2);
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
 * @param own the room of the socket that it is from, where one is known: its addresses may say another family
 */
export function decodeAddress(bytes: Uint8Array, length: number, own?: Origin): SocketAddress | null {
  if (length === 0) return null;
  const number = length >= 2 ? readFamily(bytes) : undefined;
  const room = own?.says !== undefined && own.says === number ? own : byNumber.get(number ?? Number.NaN);
  return room?.decode(bytes, length) ?? decodeUnknown(bytes, length);
}

/** The address that the last native call left in shared memory; `own` as in {@link decodeAddress}. */
export function decodeShared(own?: Origin): SocketAddress | null {
  return decodeAddress(shared.address, addressLength(), own);
}

/**
 * One line of text for an address of any family: `127.0.0.1:80`, `[::1]:80`, `unix:/run/x.sock`, `unix:@abstract`.
 * {@link parseAddress} reads it back.
 *
 * @throws TypeError if `address` is not an address of a known family
 */
export function formatAddress(address: SocketAddress): string {
  const { family } = checkObject(address, 'address') as { family: string };
  const room = family === 'unknown' ? unknownRoom(0) : byName.get(family);
  if (room === undefined)
    throw invalidValue('address.family', 'must be the name of an address family', family);
  return room.format(address as never);
}

/**
 * Reads what {@link formatAddress} writes.
 *
 * @throws TypeError if `text` is no address of any known family
 */
export function parseAddress(text: string): SocketAddress {
  if (typeof text !== 'string') throw invalidType('text', 'of type string', text);
  for (const room of [...byName.values(), unknownRoom(0)]) {
    const address = room.parse(text);
    if (address !== undefined) return address;
  }
  throw invalidValue('text', 'must be an address as formatAddress writes it', text);
}
