/** The value of ICMP_FILTER and ICMP6_FILTER: the types of ICMP messages that a socket receives. */
import { checkArray, checkInteger, checkObject, invalidType } from '../errors/argument.js';
import type { Codec } from '../layout/codec.js';
import { littleEndian, viewOf } from '../layout/view.js';

/** A filter for ICMP messages, by type. */
export interface IcmpFilter {
  /** The types that are blocked. */
  readonly block: readonly number[];
}

/** A filter for ICMP messages, as it is set: the types that are blocked, or the only types that pass. */
export type IcmpFilterInput = IcmpFilter | { readonly pass: readonly number[] };

/** Returns the types below `count` that a filter blocks. */
function typesBlocked(value: IcmpFilterInput, argument: string, count: number): number[] {
  const { block, pass } = checkObject(value, argument) as { block?: number[]; pass?: number[] };
  if ((block === undefined) === (pass === undefined)) {
    throw invalidType(argument, 'an object with either "block" or "pass"', value);
  }
  const types = block ?? pass;
  const name = `${argument}.${block === undefined ? 'pass' : 'block'}`;
  const given = checkArray(types, name);
  const listed = new Set(given.map((type, i) => checkInteger(type, `${name}[${i}]`, 0, count - 1)));
  const all = Array.from({ length: count }, (_, type) => type);
  return all.filter(type => listed.has(type) === (block !== undefined));
}

const WORD = 4;

/**
 * The codec of a filter with one bit per type, for the first `count` types, in 32-bit words. Linux sets the bit of a
 * blocked type.
 */
export function icmpFilter(count: number): Codec<IcmpFilter, IcmpFilterInput> {
  const size = count / 8;
  return {
    type: '{ block: types }; set also: { pass: types }',
    size,
    encode(value, argument) {
      const bytes = new Uint8Array(size);
      const view = viewOf(bytes);
      for (const type of typesBlocked(value, argument, count)) {
        const word = (type >> 5) * WORD;
        view.setUint32(word, view.getUint32(word, littleEndian) | (1 << (type & 31)), littleEndian);
      }
      return bytes;
    },
    decode(bytes) {
      const view = viewOf(bytes);
      const isBlocked = (type: number) =>
        (view.getUint32((type >> 5) * WORD, littleEndian) >>> (type & 31)) & 1;
      const block = Array.from({ length: count }, (_, type) => type).filter(isBlocked);
      return Object.freeze({ block: Object.freeze(block) });
    },
  };
}
