/** Which ICMP messages a socket receives, by their type. */
import { checkInteger, checkObject, invalidType } from '../errors/argument.js';

/** The types that are not received. */
export interface IcmpFilter {
  /** The types that are not received. */
  readonly block: readonly number[];
}

/** The types that are not received, or those alone that are. */
export type IcmpFilterInput = IcmpFilter | { readonly pass: readonly number[] };

/** The types below `count` that a filter blocks. */
export function typesBlocked(value: IcmpFilterInput, argument: string, count: number): number[] {
  const { block, pass } = checkObject(value, argument) as { block?: number[]; pass?: number[] };
  if ((block === undefined) === (pass === undefined)) {
    throw invalidType(argument, 'an object with either "block" or "pass"', value);
  }
  const types = block ?? pass;
  const name = `${argument}.${block === undefined ? 'pass' : 'block'}`;
  if (!Array.isArray(types)) throw invalidType(name, 'an instance of Array', types);
  const listed = new Set(types.map((type, i) => checkInteger(type, `${name}[${i}]`, 0, count - 1)));
  const all = Array.from({ length: count }, (_, type) => type);
  return all.filter(type => listed.has(type) === (block !== undefined));
}
