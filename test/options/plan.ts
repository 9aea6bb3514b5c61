/** How an option is tried: a row of the table for each row of `berkeley/options`. */
import type { Socket } from 'berkeley';
import type { KindName } from './kinds.js';

/** What the kernel says, and why. */
export interface Refusal {
  readonly code: string | readonly string[];
  readonly why: string;
  /** Which call it refuses; the setting, unless there is nothing to set. */
  readonly when?: 'set' | 'get';
  /** Not on every kernel: the call may also go well. */
  readonly perhaps?: true;
}

/** Of options that newer kernels let be read too. */
export const unreadable: Refusal = {
  code: 'ENOPROTOOPT',
  why: 'old kernels do not let it be read',
  when: 'get',
  perhaps: true,
};

/** What to do with a row, and what comes of it. */
export interface Plan {
  /** The value to set; nothing is set where there is none. */
  readonly set?: unknown;
  /** The option has no value, and is set. */
  readonly setsNothing?: true;
  /** What is read then; where it is left out, what was set. `null` here is a value: to read nothing, `reads: unread`. */
  readonly reads?: unknown;
  /** The parameter that the row is read with. */
  readonly parameter?: object;
  /** Instead of the kinds of the group. */
  readonly on?: readonly KindName[];
  /** What has to be done before. */
  readonly before?: (socket: Socket<never>) => void;
  /** Kinds whose sockets refuse it. */
  readonly refused?: Partial<Record<KindName, Refusal>>;
  /** All refuse it. */
  readonly refusal?: Refusal;
}

/** A check of what is read, where it is no one value. */
export class Matching {
  readonly holds: (value: never, socket: Socket<never>) => boolean;

  constructor(holds: (value: never, socket: Socket<never>) => boolean) {
    this.holds = holds;
  }
}

/** What is read cannot be compared. */
export const unread: unique symbol = Symbol('unread');

type Rest = Omit<Plan, 'set' | 'reads'>;

/** Sets a value, and reads it, or what the kernel makes of it. */
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

/** Reads something of which `holds` is true. */
export function matching<T>(holds: (value: T, socket: Socket<never>) => boolean): Matching {
  return new Matching(holds as never);
}

/** The same refusal for several kinds. */
export function where(kindNames: readonly KindName[], refusal: Refusal): Partial<Record<KindName, Refusal>> {
  return Object.fromEntries(kindNames.map(name => [name, refusal]));
}

/** The plans of a group, and the kinds that its rows are tried on unless they say otherwise. */
export interface GroupPlan {
  readonly kinds: readonly KindName[];
  readonly rows: Readonly<Record<string, Plan>>;
}
