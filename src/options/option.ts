/**
 * The option row: one value with an option's number, type, direction, families and remarks.
 *
 * To add an option, write its row with the builders of `level.ts`. The row checks the types of a call and makes the
 * call. The reference tables and the test of all options are generated from it.
 */
import type { FamilyName } from '../address/address.js';
import { checkObject, invalidValue, isRevoked } from '../errors/argument.js';
import type { Codec } from '../layout/codec.js';

/** The codec of an option's value, and how to call getsockopt(2) and setsockopt(2) with it. */
export interface OptionCodec<Get, Set = Get> extends Codec<Get, Set> {
  /** The content of the output buffer before getsockopt(2). Some options read a parameter from it. */
  readonly parameter?: Uint8Array | undefined;
  /**
   * How the value is passed, if not as plain bytes: `filter` passes a pointer in a `sock_fprog`, `exact` passes exactly
   * as much space as the answer takes, `null` passes no memory.
   */
  readonly passing?: 'filter' | 'exact' | 'null' | undefined;
  /** The number of bytes that getsockopt(2) writes but does not count in the length that it returns. */
  readonly uncounted?: number | undefined;
}

/** Remarks about an option, beside its name, number and type. */
export interface OptionRemarks {
  /** The manual page: `'socket(7)'`. */
  readonly man: string;
  /** The first Linux version that has it. If absent, every version that Node.js supports has it. */
  readonly since?: string | undefined;
  /** The privilege that it requires: `'CAP_NET_ADMIN'`. */
  readonly needs?: string | undefined;
  /** The kernel configuration or module that it requires: `'modprobe tls'`. */
  readonly requires?: string | undefined;
  /** What errors of the call mean, by their codes: `{ EADDRINUSE: 'the socket has already joined the group' }`. */
  readonly reasons?: Readonly<Record<string, string>> | undefined;
  /** Behaviour that might be unexpected: "Linux doubles the value". */
  readonly note?: string | undefined;
}

/** The properties of an option except its type. */
export interface OptionFacts extends OptionRemarks {
  /** The C name: `'SO_RCVBUF'`. */
  readonly name: string;
  /** The level: `SOL_SOCKET`, `IPPROTO_TCP`, … */
  readonly level: number;
  /** The number of the option. */
  readonly option: number;
  /** The families whose sockets have it; all if absent. */
  readonly families?: readonly FamilyName[] | undefined;
  /** The socket types that have it (`SOCK_` constants); all if absent. */
  readonly types?: readonly number[] | undefined;
  /** The protocols that have it (`IPPROTO_` constants); all if absent. */
  readonly protocols?: readonly number[] | undefined;
}

/**
 * An option of any direction. The family is a type parameter: a row for several families fits a socket of one of them.
 */
export interface OptionRow<F extends FamilyName = FamilyName> extends OptionFacts {
  /** The directions of the option. */
  readonly access: 'read-write' | 'read-only' | 'write-only';
  /** Tells the compiler the families; it exists only in the types. @hidden */
  readonly [applies]?: ((family: F) => void) | undefined;
}

declare const applies: unique symbol;

/** An option that can be read. */
export interface ReadableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  /** The directions of the option. */
  readonly access: 'read-write' | 'read-only';
  /** Converts bytes from getsockopt(2) to the value. */
  readonly read: OptionCodec<T, never>;
}

/** An option that can be set. */
export interface WritableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  /** The directions of the option. */
  readonly access: 'read-write' | 'write-only';
  /** Converts the value to bytes for setsockopt(2). */
  readonly write: OptionCodec<unknown, T>;
}

/** An option that can be read and set. The type that is set can differ from the type that is read. */
export interface Option<Get, F extends FamilyName = FamilyName, Set = Get>
  extends Omit<ReadableOption<Get, F>, 'access'>,
    Omit<WritableOption<Set, F>, 'access'> {
  /** The directions of the option. */
  readonly access: 'read-write';
}

/** An option that can only be read. */
export interface ReadOnlyOption<T, F extends FamilyName = FamilyName> extends ReadableOption<T, F> {
  /** The directions of the option. */
  readonly access: 'read-only';
}

/** An option that can only be set. */
export interface WriteOnlyOption<T, F extends FamilyName = FamilyName> extends WritableOption<T, F> {
  /** The directions of the option. */
  readonly access: 'write-only';
}

/**
 * The arguments of `setOption` after the option: its value, or nothing if the option has no value. This is one
 * signature instead of two, so that `setOption` can be called on a union of families:
 * `Socket<'inet'> | Socket<'inet6'>`.
 */
export type OptionValue<T> = undefined extends T ? [value?: NoInfer<T>] : [value: NoInfer<T>];

/** A socket of any family. Functions that work on options depend on this interface instead of the class. */
export interface OptionOwner<F extends FamilyName> {
  /** The address family: an `AF_` number. */
  readonly family: number;
  /** Reads an option. */
  getOption<T>(option: ReadableOption<T, F>): T;
  /** Sets an option. */
  setOption<T>(option: WritableOption<T, F>, ...value: OptionValue<T>): void;
}

/**
 * Returns a row that reads an option with a parameter. The kernel reads the parameter from the output buffer.
 *
 * ```ts
 * socket.getOption(withParameter(ip.mcastMsfilter, { group: '239.1.2.3', interface: 'eth0' })).sources;
 * ```
 *
 * @param option the row of an option that can be read
 * @param parameter the fields of the option’s value that select what is read
 * @throws TypeError if the option does not take a parameter, or a field has the wrong type
 */
export function withParameter<T, F extends FamilyName>(
  option: ReadableOption<T, F>,
  parameter: Partial<T>,
): ReadOnlyOption<T, F> {
  const { name, read } = checkObject(option, 'option') as ReadableOption<T, F>;
  if (read === undefined || isRevoked(read) || read === null || typeof read.encodePart !== 'function')
    throw invalidValue('option', 'does not take a parameter', name);
  const bytes = read.encodePart(checkObject(parameter, 'parameter'), 'parameter');
  return Object.freeze({ ...option, access: 'read-only', read: { ...read, parameter: bytes } });
}
