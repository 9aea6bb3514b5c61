/**
 * Codecs, which convert between values and bytes. The other files in this folder have the codecs of numbers, text,
 * bytes and structures. Control messages, options and addresses are composed of them.
 */
import { checkFunction, checkInteger, checkObject, checkText, invalidType } from '../errors/argument.js';

/** Decodes data of a fixed size: `bytes` has at least `size` bytes. */
export interface Reader<T> {
  /** The number of bytes. */
  readonly size: number;
  /** Decodes the bytes. */
  decode(bytes: Buffer): T;
}

/** Checks and encodes values. Errors contain the name `argument`. */
export interface Writer<V> {
  /** Checks and encodes a value. */
  encode(value: V, argument: string): Uint8Array;
}

/** Decodes and encodes one type of value. `Get` is the type that is read, `Set` the type that is set. */
export interface Codec<Get, Set = Get> extends Reader<Get>, Writer<Set> {
  /** The type as text, for error messages and the reference tables: `'boolean'`, `'{ seconds } | null'`. */
  readonly type: string;
  /** The space for reading, in bytes. It grows if the kernel reports that it has more. */
  readonly size: number;
  /** Returns whether an answer of this length is valid. If absent, only `size` is. */
  fits?(length: number): boolean;
  /** Encodes the fields that are given, with zeros in place of the others. */
  encodePart?(value: object, argument: string): Uint8Array;
}

/** Checks the parts of a codec that are used. */
export function checkCodec(codec: unknown, argument: string, ...methods: ('encode' | 'decode')[]): void {
  const part = checkObject(codec, argument) as Partial<Codec<unknown>>;
  for (const method of methods) checkFunction(part[method], `${argument}.${method}`);
  if (methods.includes('decode')) checkInteger(part.size, `${argument}.size`, 0, 0x7fffffff);
  if (part.type !== undefined) checkText(part.type, `${argument}.type`);
  if (part.fits !== undefined) checkFunction(part.fits, `${argument}.fits`);
}

/** A codec without a value, for options that are set without one. The bytes are those of an `int` of 0. */
export const nothing: Codec<void> = {
  type: 'none',
  size: 4,
  encode(value, argument) {
    if (value !== undefined) throw invalidType(argument, 'left out', value);
    return new Uint8Array(4);
  },
  decode: () => undefined,
};

/** Combines a codec for reading and a codec for setting. */
export function asymmetric<Get, Set>(read: Codec<Get, never>, write: Codec<unknown, Set>): Codec<Get, Set> {
  checkCodec(read, 'read', 'decode');
  checkCodec(write, 'write', 'encode');
  const type = read.type === write.type ? read.type : `${read.type}; set: ${write.type}`;
  return { ...read, type, encode: (value, argument) => write.encode(value, argument) };
}
