/**
 * The properties of links, addresses, routes and neighbours: a table says where each is in the message. The same table
 * reads and writes it.
 */
import { checkInteger, checkText, invalidValue } from '../errors/argument.js';
import { checkOptionsObject } from '../errors/options.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { hardwareBytes } from '../layout/hardware-address.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import { type Bytes, inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  attributeText,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  packAttributesOf,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { type Field, u8 } from '../layout/record.js';
import { nameBytes } from '../layout/text.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { hardwareTextOf, type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** A message that is read: its structure, its attributes, and the number of its address family. */
export interface Source {
  readonly view: DataView;
  readonly attributes: NetlinkAttributes;
  readonly family: number;
}

/** A message that is written. */
export interface Target {
  readonly view: DataView;
  readonly attributes: NetlinkAttributeInput[];
  readonly family: number;
}

/** Where a property is in the message. */
export interface Property<T> {
  read(from: Source): T;
  write(into: Target, value: NonNullable<T>, argument: string): void;
  /** Whether an object that is packed must have it. */
  readonly isRequired?: true;
}

/** The table of an object's properties. */
export type Properties<T> = { readonly [K in keyof T]-?: Property<T[K]> };

/** How a value is written in an attribute. `read` is called only if the attribute is present. */
interface Form<T> {
  read(bytes: Buffer, family: number): T | undefined;
  write(value: T, argument: string, family: number): Bytes;
}

/** A field of the structure. */
export function field({ read, write }: Field<number>): Property<number> {
  return {
    read: ({ view }) => read(view),
    write: ({ view }, value, argument) => write(view, value, argument),
  };
}

/** An attribute, which can be absent. */
export function attribute<T>(type: number, form: Form<T>): Property<T | undefined> {
  return {
    read({ attributes, family }) {
      const bytes = attributes.get(type);
      return bytes === undefined ? undefined : form.read(bytes, family);
    },
    write: ({ attributes, family }, value, argument) =>
      void attributes.push([type, form.write(value, argument, family)]),
  };
}

/** An attribute, and the value that means that it is absent. */
export function attributeOr<T>(type: number, form: Form<T>, absent: T): Property<T> {
  const { read, write } = attribute(type, form);
  return {
    read: from => read(from) ?? absent,
    write: (into, value, argument) => write(into, value, argument),
  };
}

/** A name of fewer than `size` bytes, with a NUL at its end. */
export function text(size: number): Form<string> {
  return {
    read: bytes => attributeText(bytes),
    write: (value, argument) => Buffer.concat([nameBytes(value, argument, size), Buffer.alloc(1)]),
  };
}

/** Returns the bytes of a number, in the byte order of the machine. */
function numberBytes(value: number, argument: string, size: 1 | 4): Buffer {
  const bytes = Buffer.alloc(size);
  const number = checkInteger(value, argument, 0, 2 ** (8 * size) - 1);
  if (littleEndian) bytes.writeUIntLE(number, 0, size);
  else bytes.writeUIntBE(number, 0, size);
  return bytes;
}

/** An unsigned number of `size` bytes. The kernel's can have another size. */
export function number(size: 1 | 4): Form<number> {
  return {
    read: bytes => attributeNumber(bytes),
    write: (value, argument) => numberBytes(value, argument, size),
  };
}

/** The longest hardware address: MAX_ADDR_LEN of include/linux/netdevice.h. */
const LONGEST_HARDWARE = 32;

/** A hardware address as text. */
export const hardware: Form<string> = {
  read: bytes => hardwareTextOf(bytes),
  write: (value, argument) => hardwareBytes(checkText(value, argument), argument, LONGEST_HARDWARE),
};

/** Returns the bytes of a numeric address of a family. */
export function ipBytes(value: string, argument: string, family: number): Buffer {
  const isIpv6 = family === (AF_INET6 as number);
  const bytes = Buffer.alloc(isIpv6 ? 16 : 4);
  if (!(isIpv6 ? writeIpv6 : writeIpv4)(checkText(value, argument), bytes, 0))
    throw invalidValue(argument, `must be a numeric ${isIpv6 ? 'IPv6' : 'IPv4'} address`, value);
  return bytes;
}

/** An IP address of the message's family, as text. */
export const ipAddress: Form<string> = {
  read: (bytes, family) => ipText(family, bytes),
  write: ipBytes,
};

/** Reads the properties of a table. */
export function readProperties<T>(properties: Properties<T>, from: Source): T {
  const rows = Object.entries(properties) as [string, Property<unknown>][];
  return Object.fromEntries(rows.map(([name, { read }]) => [name, read(from)])) as T;
}

/** Reads what a message has: its structure of `size` bytes, and its attributes. */
export function sourceOf(payload: Buffer, size: number, family: number): Source {
  return { view: viewOf(payload), attributes: parseNetlinkAttributes(payload.subarray(size)), family };
}

/**
 * Reads an object of an IP family: its structure of `size` bytes, with the number of the family at `familyAt`.
 *
 * @returns `undefined` if it is of another family, or too short
 */
export function readOfFamily<T>(
  payload: Uint8Array,
  size: number,
  familyAt: number,
  properties: Properties<T>,
): ({ readonly family: IpFamily } & T) | undefined {
  const bytes = inputBytes(payload, 'payload');
  const number = bytes[familyAt] ?? 0;
  const family = ipFamilies.get(number);
  if (bytes.length < size || family === undefined) return undefined;
  return { family, ...readProperties(properties, sourceOf(bytes, size, number)) };
}

/** Returns the number of the family that an object names, or that its first address has. */
export function familyOf(given: unknown, argument: string, addresses: readonly unknown[]): number {
  const [first] = addresses.filter(address => typeof address === 'string');
  const implied: IpFamily | undefined =
    first === undefined ? undefined : first.includes(':') ? 'inet6' : 'inet';
  const wanted = given === undefined ? implied : given;
  if (wanted !== 'inet' && wanted !== 'inet6')
    throw invalidValue(argument, "must be 'inet' or 'inet6'", wanted);
  return wanted === 'inet6' ? AF_INET6 : AF_INET;
}

/** Makes a property required: it is written even if it is absent, so that the error names it. */
export function required<T>(property: Property<T>): Property<T> {
  return { ...property, isRequired: true };
}

/** The number of bits of an address. */
export function bitsOf(family: number): number {
  return ipFamilies.get(family) === 'inet6' ? 128 : 32;
}

/** An object to pack. */
interface Input {
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/** Refuses what is not an object, and every property that is neither in the table nor in `others`. */
export function checkInput(
  given: unknown,
  argument: string,
  properties: Properties<unknown>,
  others: readonly string[],
): object {
  return checkOptionsObject(given, [...Object.keys(properties), ...others, 'attributes'], argument);
}

/**
 * Packs a structure of `size` bytes, the properties of an object, and its further attributes.
 *
 * @param head writes what is not a property, at first
 */
export function packProperties<T>(
  size: number,
  properties: Properties<T>,
  given: { readonly [K in keyof T]?: T[K] | undefined } & Input,
  argument: string,
  family: number,
  head: (into: Target) => void,
): Buffer {
  const body = Buffer.alloc(size);
  const into: Target = { view: viewOf(body), attributes: [], family };
  head(into);
  for (const [name, property] of Object.entries(properties) as [keyof T & string, Property<unknown>][]) {
    const value: unknown = given[name];
    if (value !== undefined || property.isRequired)
      property.write(into, value as object, `${argument}.${name}`);
  }
  const { attributes = [] } = given;
  return Buffer.concat([
    body,
    packAttributesOf(into.attributes, argument),
    packAttributesOf(attributes, `${argument}.attributes`),
  ]);
}

/** Packs an object of an IP family, with the number of the family at `familyAt`. See {@link packProperties}. */
export function packOfFamily<T>(
  size: number,
  familyAt: number,
  properties: Properties<T>,
  given: { readonly [K in keyof T]?: T[K] | undefined } & Input,
  argument: string,
  family: number,
): Buffer {
  return packProperties(size, properties, given, argument, family, ({ view }) => {
    u8(familyAt).write(view, family, `${argument}.family`);
  });
}
