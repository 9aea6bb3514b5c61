/** Codecs for C structures: objects with one property per field, at the offsets of the generated layouts. */
import { checkBoolean, checkInteger, checkObject } from '../errors/argument.js';
import type { Codec } from './codec.js';
import { checkUint64, toRate } from './numbers.js';
import { littleEndian, viewOf } from './view.js';

/** One field of a structure. */
export interface Field<Get, Set = Get> {
  /** The position of the field, in bytes. */
  readonly offset: number;
  readonly size: number;
  /** The value if the property is omitted. A field without a fallback is required. */
  readonly fallback?: Set | undefined;
  read(view: DataView): Get;
  write(view: DataView, value: Set, argument: string): void;
}

function whole(offset: number, size: 1 | 2 | 4, signed = false): Field<number> {
  const bits = size * 8;
  const name = `${signed ? 'Int' : 'Uint'}${bits}` as 'Int32';
  const most = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const least = signed ? -(2 ** (bits - 1)) : 0;
  return {
    offset,
    size,
    read: view => view[`get${name}`](offset, littleEndian),
    write: (view, value, argument) =>
      view[`set${name}`](offset, checkInteger(value, argument, least, most), littleEndian),
  };
}

export const u8 = (offset: number): Field<number> => whole(offset, 1);
export const u16 = (offset: number): Field<number> => whole(offset, 2);
export const u32 = (offset: number): Field<number> => whole(offset, 4);
export const i32 = (offset: number): Field<number> => whole(offset, 4, true);

/** A C `int` that is never negative, such as the index of an interface or a process id. */
export function natural32(offset: number): Field<number> {
  return {
    ...u32(offset),
    write: (view, value, argument) =>
      view.setInt32(offset, checkInteger(value, argument, 0, 0x7fffffff), littleEndian),
  };
}

/** A 16-bit number in network byte order, such as a port or a protocol number. */
export function network16(offset: number): Field<number> {
  return {
    offset,
    size: 2,
    read: view => view.getUint16(offset),
    write: (view, value, argument) => view.setUint16(offset, checkInteger(value, argument, 0, 0xffff)),
  };
}

/** A 32-bit field of flags and a number. `flag | number` can be negative in JavaScript and is accepted. */
export function bits32(offset: number): Field<number> {
  return {
    ...u32(offset),
    write: (view, value, argument) =>
      view.setInt32(offset, checkInteger(value, argument, -0x80000000, 0xffffffff), littleEndian),
  };
}

/** A 64-bit amount as a number. It is inexact beyond 2 ** 53, which no counter reaches. */
export function u64(offset: number): Field<number> {
  return {
    offset,
    size: 8,
    read: view => Number(view.getBigUint64(offset, littleEndian)),
    write: (view, value, argument) => {
      const number = BigInt(checkInteger(value, argument, 0, Number.MAX_SAFE_INTEGER));
      view.setBigUint64(offset, number, littleEndian);
    },
  };
}

/** A 64-bit identifier or mask, as a bigint. */
export function wide(offset: number): Field<bigint> {
  return {
    offset,
    size: 8,
    read: view => view.getBigUint64(offset, littleEndian),
    write: (view, value, argument) => view.setBigUint64(offset, checkUint64(value, argument), littleEndian),
  };
}

/** A 64-bit rate; `Infinity` if there is no limit. */
export function rate64(offset: number): Field<number> {
  return { ...u64(offset), read: view => toRate(view.getBigUint64(offset, littleEndian)) };
}

/** A field whose number is converted: to a boolean, some of its bits, or a name. */
export function mapped<T>(
  field: Field<number>,
  decode: (number: number) => T,
  encode: (value: T, argument: string) => number = () => 0,
): Field<T> {
  const { offset, size } = field;
  const write = (view: DataView, value: T, argument: string) =>
    field.write(view, encode(value, argument), argument);
  return { offset, size, read: view => decode(field.read(view)), write };
}

/** A boolean in a number of one, two or four bytes. */
export function flag(field: Field<number>): Field<boolean> {
  return mapped(
    field,
    number => number !== 0,
    (value, argument) => (checkBoolean(value, argument) ? 1 : 0),
  );
}

/** Makes a field optional. */
export function optional<Get, Set>(field: Field<Get, Set>, fallback: Set): Field<Get, Set> {
  return { ...field, fallback };
}

/** The fields of a structure, by property name. */
export type Fields<T> = { readonly [Key in keyof T]-?: Field<Exclude<T[Key], undefined>> };

/**
 * Returns the codec of a structure. An answer can be longer than `size` (a newer kernel), and as short as `least` (an
 * older kernel). Properties whose fields are missing from the answer are absent.
 */
export function record<Get extends object, Set extends object = Get>(
  size: number,
  fields: Fields<Get>,
  least: number = size,
): Codec<Get, Set> {
  const rows = Object.entries(fields) as [string, Field<unknown>][];
  const layOut = (value: object, argument: string, isWhole: boolean) => {
    const given = checkObject(value, argument) as Record<string, unknown>;
    const bytes = new Uint8Array(size);
    for (const [name, field] of rows) {
      const part = given[name] === undefined ? field.fallback : given[name];
      if (part !== undefined || isWhole) field.write(viewOf(bytes), part, `${argument}.${name}`);
    }
    return bytes;
  };
  return {
    type: `{ ${rows.map(([name]) => name).join(', ')} }`,
    size,
    ...(least < size && { fits: (length: number) => length >= least }),
    encode: (value, argument) => layOut(value, argument, true),
    encodePart: (value, argument) => layOut(value, argument, false),
    decode(bytes) {
      const view = viewOf(bytes);
      const present = rows.filter(([, field]) => field.offset + field.size <= bytes.length);
      return Object.freeze(
        Object.fromEntries(present.map(([name, field]) => [name, field.read(view)])),
      ) as Get;
    },
  };
}

/** Returns the codec of a value that consists of one field. */
export function single<Get, Set>(type: string, field: Field<Get, Set>): Codec<Get, Set> {
  return {
    type,
    size: field.size,
    encode(value, argument) {
      const bytes = new Uint8Array(field.size);
      field.write(viewOf(bytes), value, argument);
      return bytes;
    },
    decode: bytes => field.read(viewOf(bytes)),
  };
}
