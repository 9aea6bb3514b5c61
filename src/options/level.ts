/** Makes rows: what the options of a level have in common is said once. */
import type { FamilyName } from '../address/address.js';
import { checkObject } from '../errors/argument.js';
import type { Option, OptionCodec, OptionRemarks, ReadOnlyOption, WriteOnlyOption } from './option.js';

/** Where options are valid; what is left out is no restriction. */
export interface Scope<F extends FamilyName = FamilyName> {
  /** The families whose sockets have them. */
  readonly families?: readonly F[] | undefined;
  /** The socket types that have them: `SOCK_` constants. */
  readonly types?: readonly number[] | undefined;
  /** The protocols that have them: `IPPROTO_` constants. */
  readonly protocols?: readonly number[] | undefined;
}

/** What all options of a level have in common. */
export interface LevelFacts<Constants, F extends FamilyName> extends Scope<F> {
  /** A module of constants, which the options' names are names of. */
  readonly constants: Constants;
  /** Its number: `SOL_SOCKET`, `IPPROTO_TCP`, … */
  readonly level: number;
  /** Their manual page. */
  readonly man: string;
}

/** What one option has to say of its own. */
export type Remarks = Partial<OptionRemarks>;

/** The makers of a level's rows. */
export interface Level<Constants, F extends FamilyName> {
  /** A row for an option that is read and set. */
  readWrite<Get, Set>(
    name: keyof Constants & string,
    codec: OptionCodec<Get, Set>,
    remarks?: Remarks,
  ): Option<Get, F, Set>;
  /** A row for an option that can only be read. */
  readOnly<Get>(
    name: keyof Constants & string,
    codec: OptionCodec<Get, never>,
    remarks?: Remarks,
  ): ReadOnlyOption<Get, F>;
  /** A row for an option that can only be set. */
  writeOnly<Set>(
    name: keyof Constants & string,
    codec: OptionCodec<unknown, Set>,
    remarks?: Remarks,
  ): WriteOnlyOption<Set, F>;
  /** The same makers, for options that not all of the level's sockets have. */
  only<G extends FamilyName = F>(scope: Scope<G> & { readonly man?: string }): Level<Constants, G>;
}

/** The makers of the rows of one level. */
export function defineLevel<Constants extends object, F extends FamilyName = FamilyName>(
  facts: LevelFacts<Constants, F>,
): Level<Constants, F> {
  const { constants, ...common } = checkObject(facts, 'facts') as LevelFacts<Constants, F>;
  checkObject(constants, 'facts.constants');
  const row = (name: keyof Constants & string, remarks: Remarks = {}) => ({
    ...common,
    name: name as string,
    option: constants[name] as number,
    ...remarks,
  });
  return {
    readWrite: (name, codec, remarks) =>
      Object.freeze({ ...row(name, remarks), access: 'read-write', read: codec as never, write: codec }),
    readOnly: (name, codec, remarks) =>
      Object.freeze({ ...row(name, remarks), access: 'read-only', read: codec }),
    writeOnly: (name, codec, remarks) =>
      Object.freeze({ ...row(name, remarks), access: 'write-only', write: codec }),
    only: <G extends FamilyName = F>(scope: Scope<G> & { readonly man?: string }) =>
      defineLevel<Constants, G>({ ...(facts as unknown as LevelFacts<Constants, G>), ...scope }),
  };
}
