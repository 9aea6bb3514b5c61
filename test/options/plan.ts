/** How an option is tested: one plan for each row of `berkeley/options`. */
import type { Socket } from 'berkeley';
import type { KindName } from './kinds.js';

/** The error of the kernel, and its reason. */
export interface Refusal {
  readonly code: string | readonly string[];
  readonly why: string;
  /** The call that is refused: the setting, or the reading if there is nothing to set. */
  readonly when?: 'set' | 'get';
  /** Not every kernel refuses it: the call may also succeed. */
  readonly perhaps?: true;
}

/** For options that newer kernels also allow to read. */
export const unreadable: Refusal = {
  code: 'ENOPROTOOPT',
  why: 'old kernels do not let it be read',
  when: 'get',
  perhaps: true,
};

/** The steps for a row, and the expected result. */
export interface Plan {
  /** The value to set. If absent, nothing is set. */
  readonly set?: unknown;
  /** The option has no value, and is set. */
  readonly setsNothing?: true;
  /**
   * The value that is read then. If absent, it equals the value that was set. `null` is a value here: to skip
   * reading, use `reads: unread`.
   */
  readonly reads?: unknown;
  /** The parameter with which the row is read. */
  readonly parameter?: object;
  /** Replaces the kinds of the group. */
  readonly on?: readonly KindName[];
  /** The preparation of the socket. */
  readonly before?: (socket: Socket<never>) => void;
  /** Kinds whose sockets refuse it. */
  readonly refused?: Partial<Record<KindName, Refusal>>;
  /** All kinds refuse it. */
  readonly refusal?: Refusal;
}

/** A check of the read value, if it is not constant. */
export class Matching {
  readonly holds: (value: never, socket: Socket<never>) => boolean;

  constructor(holds: (value: never, socket: Socket<never>) => boolean) {
    this.holds = holds;
  }
}

/** The read value cannot be compared. */
export const unread: unique symbol = Symbol('unread');

type Rest = Omit<Plan, 'set' | 'reads'>;

/** Sets a value, and reads it back, possibly changed by the kernel. */
export function sets(value: unknown, ...[reads, rest]: [reads?: unknown, rest?: Rest]): Plan {
  return { set: value, reads: reads === undefined ? value : reads, ...rest };
}

/** Only reads. */
export function reads(value: unknown, rest: Rest = {}): Plan {
  return { reads: value, ...rest };
}

/** Only sets. */
export function writes(value: unknown, rest: Rest = {}): Plan {
  return { set: value, reads: unread, ...rest };
}

/** Sets an option that has no value. */
export function does(rest: Rest = {}): Plan {
  return { setsNothing: true, reads: unread, ...rest };
}

/** Sets a value that every kernel of this table refuses. */
export function refusesToSet(value: unknown, code: Refusal['code'], why: string, rest: Rest = {}): Plan {
  return { set: value, refusal: { code, why, when: 'set' }, ...rest };
}

/** Reads, and is refused. */
export function refusesToRead(code: Refusal['code'], why: string, rest: Rest = {}): Plan {
  return { refusal: { code, why, when: 'get' }, ...rest };
}

/** Reads a value for which `holds` returns true. */
export function matching<T>(holds: (value: T, socket: Socket<never>) => boolean): Matching {
  return new Matching(holds as never);
}

/** The same refusal for several kinds. */
export function where(kindNames: readonly KindName[], refusal: Refusal): Partial<Record<KindName, Refusal>> {
  return Object.fromEntries(kindNames.map(name => [name, refusal]));
}

/** The plans of a group, and the default kinds on which its rows are tested. */
export interface GroupPlan {
  readonly kinds: readonly KindName[];
  readonly rows: Readonly<Record<string, Plan>>;
}
