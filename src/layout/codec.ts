/**
 * Between values and their bytes: what a codec is. The files beside this one have the codecs of numbers, text, bytes and
 * structures; control messages, options and addresses are made of them.
 */
import { checkFunction, checkInteger, checkObject, checkText, invalidType } from '../errors/argument.js';

/** Reads the data of a message of one size: `bytes` holds at least `size` of them. */
export interface Reader<T> {
  /** How many bytes it has. */
  readonly size: number;
  /** Reads them. */
  decode(bytes: Buffer): T;
}

/** Checks a value and lays it out; mistakes name `argument`. */
export interface Writer<V> {
  /** Checks and lays out a value. */
  encode(value: V, argument: string): Uint8Array;
}

/** How one type of value is laid out. `Get` is what reading gives, `Set` what setting takes. */
export interface Codec<Get, Set = Get> extends Reader<Get>, Writer<Set> {
  /** The type in words, for error messages and the reference tables: `'boolean'`, `'{ seconds } | null'`. */
  readonly type: string;
  /** The space to read it, in bytes. It grows where the kernel says that it has more. */
  readonly size: number;
  /** Whether an answer of so many bytes makes sense; `size` alone does, where absent. */
  fits?(length: number): boolean;
  /** Lays out the fields that are given, and leaves zeros where the others stand. */
  encodePart?(value: object, argument: string): Uint8Array;
}

/** Checks a codec, or the part of it that is used. */
export function checkCodec(codec: unknown, argument: string, ...methods: ('encode' | 'decode')[]): void {
  const part = checkObject(codec, argument) as Partial<Codec<unknown>>;
  for (const method of methods) checkFunction(part[method], `${argument}.${method}`);
  if (methods.includes('decode')) checkInteger(part.size, `${argument}.size`, 0, 0x7fffffff);
  if (part.type !== undefined) checkText(part.type, `${argument}.type`);
}

/** No value: what is set is enough said. The bytes are those of an `int` of 0. */
export const nothing: Codec<void> = {
  type: 'none',
  size: 4,
  encode(value, argument) {
    if (value !== undefined) throw invalidType(argument, 'left out', value);
    return new Uint8Array(4);
  },
  decode: () => undefined,
};

/** A codec that reads as one and sets as another. */
export function asymmetric<Get, Set>(read: Codec<Get, never>, write: Codec<unknown, Set>): Codec<Get, Set> {
  checkCodec(read, 'read', 'decode');
  checkCodec(write, 'write', 'encode');
  const type = read.type === write.type ? read.type : `${read.type}; set: ${write.type}`;
  return { ...read, type, encode: (value, argument) => write.encode(value, argument) };
}
