/**
 * The option row: one value that carries an option's number, type, direction, families and everything worth knowing.
 *
 * A row is all that a person writes to add an option (`level.ts` makes them). The same row checks the types of a call,
 * makes the call, and is a line of the reference tables and of the test that sets and reads every option.
 */
import type { FamilyName } from '../address/address.js';
import { checkObject, invalidValue, isRevoked } from '../errors/argument.js';
import type { Codec } from '../layout/codec.js';

/** The codec of an option's value, and how getsockopt(2) and setsockopt(2) are called with it. */
export interface OptionCodec<Get, Set = Get> extends Codec<Get, Set> {
  /** What the output buffer holds when the kernel is asked: some options read a parameter from it. */
  readonly parameter?: Uint8Array | undefined;
  /**
   * How the value is passed, where that is unusual: by a pointer in a `sock_fprog` (`filter`), with exactly as much space
   * as the answer takes (`exact`), or not at all (`null`).
   */
  readonly passing?: 'filter' | 'exact' | 'null' | undefined;
}

/** What is worth knowing of an option beside its name, number and type. */
export interface OptionRemarks {
  /** The manual page: `'socket(7)'`. */
  readonly man: string;
  /** The first Linux that has it; where absent, every one that Node.js runs on does. */
  readonly since?: string | undefined;
  /** The privilege that it takes: `'CAP_NET_ADMIN'`. */
  readonly needs?: string | undefined;
  /** What the kernel has to have been built with or to have loaded: `'modprobe tls'`. */
  readonly requires?: string | undefined;
  /** What may surprise: "Linux doubles the value". */
  readonly note?: string | undefined;
}

/** What a row says of an option beside its type. */
export interface OptionFacts extends OptionRemarks {
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
}

/** An option of any direction. The family is a parameter's type: a row for several families fits a socket of one. */
export interface OptionRow<F extends FamilyName = FamilyName> extends OptionFacts {
  /** Which ways it goes. */
  readonly access: 'read-write' | 'read-only' | 'write-only';
  /** @internal */
  readonly [applies]?: ((family: F) => void) | undefined;
}

declare const applies: unique symbol;

/** An option that can be read. */
export interface ReadableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  /** Which ways it goes. */
  readonly access: 'read-write' | 'read-only';
  /** Between the value and its bytes, reading. */
  readonly read: OptionCodec<T, never>;
}

/** An option that can be set. */
export interface WritableOption<T, F extends FamilyName = FamilyName> extends OptionRow<F> {
  /** Which ways it goes. */
  readonly access: 'read-write' | 'write-only';
  /** Between the value and its bytes, setting. */
  readonly write: OptionCodec<unknown, T>;
}

/** An option that can be read and set; what is set may have another type than what is read. */
export interface Option<Get, F extends FamilyName = FamilyName, Set = Get>
  extends Omit<ReadableOption<Get, F>, 'access'>,
    Omit<WritableOption<Set, F>, 'access'> {
  /** Which ways it goes. */
  readonly access: 'read-write';
}

/** An option that can only be read. */
export interface ReadOnlyOption<T, F extends FamilyName = FamilyName> extends ReadableOption<T, F> {
  /** Which ways it goes. */
  readonly access: 'read-only';
}

/** An option that can only be set. */
export interface WriteOnlyOption<T, F extends FamilyName = FamilyName> extends WritableOption<T, F> {
  /** Which ways it goes. */
  readonly access: 'write-only';
}

/**
 * What `setOption` takes after the option: its value, which is left out where the option has none. One signature and not
 * two, so that it can be called of a socket of either family: `Socket<'inet'> | Socket<'inet6'>`.
 */
export type OptionValue<T> = undefined extends T ? [value?: NoInfer<T>] : [value: NoInfer<T>];

/** What has options: any socket. Functions over options depend on this, not on the class. */
export interface OptionOwner<F extends FamilyName> {
  /** Its address family: an `AF_` number. */
  readonly family: number;
  /** Reads an option. */
  getOption<T>(option: ReadableOption<T, F>): T;
  /** Sets an option. */
  setOption<T>(option: WritableOption<T, F>, ...value: OptionValue<T>): void;
}

/**
 * A row that reads an option for a parameter. The kernel reads the parameter from the output buffer.
 *
 * ```ts
 * socket.getOption(withParameter(ip.mcastMsfilter, { group: '239.1.2.3', interface: 'eth0' })).sources;
 * ```
 *
 * @param option a row that can be read
 * @param parameter the fields of its value that select what is read
 * @throws TypeError if this option takes no parameter, or a field is not of its type
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
