/** Builds option rows. Properties that the options of a level share are written once. */
import type { FamilyName } from '../address/address.js';
import { checkObject } from '../errors/argument.js';
import type { Option, OptionCodec, OptionRemarks, ReadOnlyOption, WriteOnlyOption } from './option.js';

/** The sockets that have an option. An omitted property does not restrict them. */
export interface Scope<F extends FamilyName = FamilyName> {
  /** The address families. */
  readonly families?: readonly F[] | undefined;
  /** The socket types: `SOCK_` constants. */
  readonly types?: readonly number[] | undefined;
  /** The protocols: `IPPROTO_` constants. */
  readonly protocols?: readonly number[] | undefined;
}

/** The properties that all options of a level share. */
export interface LevelFacts<Constants, F extends FamilyName> extends Scope<F> {
  /** A module of constants. The names of the options are names in it. */
  readonly constants: Constants;
  /** The number of the level: `SOL_SOCKET`, `IPPROTO_TCP`, … */
  readonly level: number;
  /** The manual page of the options. */
  readonly man: string;
}

/** Properties of a single option, which override those of its level. */
export type Remarks = Partial<OptionRemarks>;

/** Builds the option rows of one level. */
export interface Level<Constants, F extends FamilyName> {
  /** Builds the row of an option that can be read and set. */
  readWrite<Get, Set>(
    name: keyof Constants & string,
    codec: OptionCodec<Get, Set>,
    remarks?: Remarks,
  ): Option<Get, F, Set>;
  /** Builds the row of an option that can only be read. */
  readOnly<Get>(
    name: keyof Constants & string,
    codec: OptionCodec<Get, never>,
    remarks?: Remarks,
  ): ReadOnlyOption<Get, F>;
  /** Builds the row of an option that can only be set. */
  writeOnly<Set>(
    name: keyof Constants & string,
    codec: OptionCodec<unknown, Set>,
    remarks?: Remarks,
  ): WriteOnlyOption<Set, F>;
  /** Returns a builder for options that only some sockets of the level have. */
  only<G extends FamilyName = F>(scope: Scope<G> & { readonly man?: string }): Level<Constants, G>;
}

/** Returns a builder for the option rows of one level. */
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
