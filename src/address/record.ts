import { checkInteger } from '../errors/argument.js';
import type { AddressInput, AddressOf, FamilyName } from './address.js';
import { littleEndian } from './byte-order.js';
import type { FamilyDriver } from './driver.js';
import { checkAddress, writeFamily } from './registry.js';
import { joinFields, numberFields, splitFields } from './text.js';

/** A 32-bit unsigned number in an address. */
export interface Field {
  /** Where it stands in the kernel's structure, in bytes. */
  readonly offset: number;
  /** What it is when it is not given; it has to be given where there is no such number. */
  readonly fallback?: number;
}

/** A field for each number of an address; what may be missing is the family's own to read and write. */
type Fields<T> = {
  readonly [Key in keyof T as undefined extends T[Key] ? never : Exclude<Key, 'family'>]: Field;
};

/**
 * The codec of a family whose addresses are nothing but 32-bit numbers: most of the small families.
 *
 * @param name the family's name, with which its text begins too: `vsock:2:1024`
 * @param family its number
 * @param size of the kernel's structure
 * @param fields the numbers, in the order in which they are written as text
 */
export function recordCodec<F extends FamilyName>(
  name: F,
  family: number,
  size: number,
  fields: Fields<AddressOf<F>>,
): Pick<FamilyDriver<F>, 'name' | 'number' | 'encode' | 'decode' | 'format' | 'parse' | 'describe'> {
  const rows = Object.entries(fields) as [string, Field][];
  const make = (numbers: readonly number[]): AddressOf<F> =>
    Object.freeze({
      family: name,
      ...Object.fromEntries(rows.map(([key], i) => [key, numbers[i]])),
    }) as unknown as AddressOf<F>;
  const numbersOf = (address: object): number[] =>
    rows.map(([key, { fallback }]) => (address as Record<string, number>)[key] ?? fallback ?? Number.NaN);
  const format = (address: object): string => joinFields(name, ...numbersOf(address));

  return {
    name,
    number: family,
    encode(address: AddressInput<F>) {
      const input = checkAddress(address, name) as Record<string, number | undefined>;
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      writeFamily(bytes, family);
      for (const [key, { offset, fallback }] of rows) {
        view.setUint32(
          offset,
          checkInteger(input[key] ?? fallback, `address.${key}`, 0, 0xffffffff),
          littleEndian,
        );
      }
      return bytes;
    },
    decode(bytes, length) {
      if (rows.some(([, { offset }]) => length < offset + 4)) return undefined;
      const view = new DataView(bytes.buffer, bytes.byteOffset, length);
      return make(rows.map(([, { offset }]) => view.getUint32(offset, littleEndian)));
    },
    format,
    parse(text) {
      const numbers = numberFields(splitFields(text, name, rows.length) ?? [undefined], 0xffffffff);
      return numbers && make(numbers);
    },
    describe: address => ({ address: format(address) }),
  };
}
