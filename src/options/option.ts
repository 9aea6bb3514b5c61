/**
 * The option row: one value that carries an option's number, type, direction, families and everything worth knowing.
 *
 * A row is all that a person writes to add an option. The same row checks the types of a call, makes the call, and is a
 * line of the reference tables and of the test that sets and reads every option.
 */
import type { FamilyName } from '../address/address.js';
import type { Codec } from './codec.js';

/** What a row says of an option beside its type. */
export interface OptionFacts {
  /** Its C name: `'SO_RCVBUF'`. */
  readonly name: string;
  /** The level it is at: `SOL_SOCKET`, `IPPROTO_TCP`, … */
  readonly level: number;
  /** Its number. */
  readonly option: number;
  /** The families whose sockets have it; all, where absent. */
  readonly families?: readonly FamilyName[] | undefined;
  /** The socket types that have it (`SOCK_` constants); all, where absent. */
  readonly types?: readonly number[] | undefined;
  /** The protocols that have it (`IPPROTO_` constants); all, where absent. */
  readonly protocols?: readonly number[] | undefined;
  /** The manual page: `'socket(7)'`. */
  readonly man: string;
  /** The first Linux that has it; where absent, every one that Node.js runs on does. */
  readonly since?: string | undefined;
  /** What it takes to set it: `'CAP_NET_ADMIN'`. */
  readonly needs?: string | undefined;
  /** What may surprise: "Linux doubles the value". */
  readonly note?: string | undefined;
}

/** The facts, where `families` is also what the type checker holds sockets to. */
type FactsOf<F extends FamilyName> = Omit<OptionFacts, 'families'> & {
  readonly families?: readonly F[] | undefined;
};

/** An option of any direction. The family is a parameter's type: a row for several families fits a socket of one. */
export interface OptionRow<F extends FamilyName = FamilyName> extends OptionFacts {
  readonly access: 'read-write' | 'read-only' | 'write-only';
  /** @internal */
  readonly [applies]?: ((family: F) => void) | undefined;
}

declare const applies: unique symbol;

/** An option that can be read. */
export interface ReadableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  readonly access: 'read-write' | 'read-only';
  readonly read: Codec<T, never>;
}

/** An option that can be set. */
export interface WritableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  readonly access: 'read-write' | 'write-only';
  readonly write: Codec<unknown, T>;
}

/** An option that can be read and set; what is read may say more than what is set (`Get`, `Set`). */
export type Option<Get, Set = Get, F extends FamilyName = FamilyName> = Omit<
  ReadableOption<Get, F>,
  'access'
> &
  Omit<WritableOption<Set, F>, 'access'> & { readonly access: 'read-write' };

/** An option that can only be read. */
export type ReadOnlyOption<T, F extends FamilyName = FamilyName> = Omit<ReadableOption<T, F>, 'access'> & {
  readonly access: 'read-only';
};

/** An option that can only be set. */
export type WriteOnlyOption<T, F extends FamilyName = FamilyName> = Omit<WritableOption<T, F>, 'access'> & {
  readonly access: 'write-only';
};

/** A row for an option that is read and set in one type, or in two (`codec` reads, `write` sets). */
export function defineOption<Get, Set, F extends FamilyName = FamilyName>(
  facts: FactsOf<F>,
  codec: Codec<Get, Set>,
): Option<Get, Set, F> {
  return Object.freeze({ ...facts, access: 'read-write', read: codec as Codec<Get, never>, write: codec });
}

/** A row for an option that can only be read. */
export function defineReadOnly<T, F extends FamilyName = FamilyName>(
  facts: FactsOf<F>,
  codec: Codec<T, never>,
): ReadOnlyOption<T, F> {
  return Object.freeze({ ...facts, access: 'read-only', read: codec });
}

/** A row for an option that can only be set. */
export function defineWriteOnly<T, F extends FamilyName = FamilyName>(
  facts: FactsOf<F>,
  codec: Codec<unknown, T>,
): WriteOnlyOption<T, F> {
  return Object.freeze({ ...facts, access: 'write-only', write: codec });
}
