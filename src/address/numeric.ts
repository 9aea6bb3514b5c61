/** Addresses that consist only of 32-bit numbers, which most of the small families have. */
import { type Fields as RecordFields, record } from '../layout/record.js';
import { joinFields, numberFields, splitFields } from '../layout/text-fields.js';
import type { AddressInput, AddressOf, FamilyName } from './address.js';
import type { FamilyDriver } from './driver.js';
import { checkAddress, writeFamily } from './registry.js';

/** The fields of an address, by name. The family's driver handles optional fields. */
type Numbers<T> = {
  [Key in keyof T as undefined extends T[Key] ? never : Exclude<Key, 'family'>]: number;
};

/**
 * Returns the codec of a family whose addresses consist only of 32-bit numbers.
 *
 * @param name the family's name, with which its text begins: `vsock:2:1024`
 * @param family the family's number
 * @param size the size of the kernel's structure
 * @param fields the numbers, in the order in which they appear in the text
 */
export function numericCodec<F extends FamilyName>(
  name: F,
  family: number,
  size: number,
  fields: RecordFields<Numbers<AddressOf<F>>>,
): Pick<FamilyDriver<F>, 'name' | 'number' | 'encode' | 'decode' | 'format' | 'parse' | 'describe'> {
  const rows = Object.entries(fields) as [string, RecordFields<{ x: number }>['x']][];
  const end = Math.max(...rows.map(([, field]) => field.offset + field.size));
  const structure = record<object>(size, fields);
  const make = (numbers: object) => Object.freeze({ family: name, ...numbers }) as unknown as AddressOf<F>;
  const numbersOf = (address: object): number[] =>
    rows.map(([key, { fallback }]) => (address as Record<string, number>)[key] ?? fallback ?? Number.NaN);
  const format = (address: object): string => joinFields(name, ...numbersOf(address));

  return {
    name,
    number: family,
    encode(address: AddressInput<F>) {
      const bytes = structure.encode(checkAddress(address, name), 'address');
      writeFamily(bytes, family);
      return bytes;
    },
    decode: (bytes, length) =>
      length < end ? undefined : make(structure.decode(Buffer.from(bytes.buffer, bytes.byteOffset, length))),
    format,
    parse(text) {
      const numbers = numberFields(splitFields(text, name, rows.length) ?? [undefined], 0xffffffff);
      return numbers && make(Object.fromEntries(rows.map(([key], i) => [key, numbers[i]])));
    },
    describe: address => ({ address: format(address) }),
  };
}
