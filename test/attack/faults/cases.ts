/** The cases: each function that a program calls, with each of its faults, at several of its calls. */
import { constants } from 'node:os';
import * as resolver from '#src/resolver/constants.js';
import { FOR_EVER, type Plan } from './control.js';
import { type Row, rows, slotOf } from './table.js';

/** One fault in one program. */
export interface Case {
  readonly plan: Plan;
  readonly row: Row;
  /** The fault: an error, or the way in which the call is cut short. */
  readonly fault: string;
  /** The codes that an error can have because of the fault. */
  readonly codes: readonly string[];
  /** Whether a call can wait indefinitely, so that it needs a limit. */
  readonly needsLimit: boolean;
}

/** The values of h_errno (netdb.h), negative so that they differ from an errno. */
const lookups: Readonly<Record<string, number>> = {
  HOST_NOT_FOUND: -1,
  TRY_AGAIN: -2,
  NO_RECOVERY: -3,
  NO_DATA: -4,
};

/** The codes that are not the name of the fault. */
const otherCodes: Readonly<Record<string, string>> = {
  EOPNOTSUPP: 'ENOTSUP', // the same number on Linux, and the name in Node.js
  EAI_NONAME: 'ENOTFOUND',
  HOST_NOT_FOUND: 'ENOTFOUND',
  NO_DATA: 'ENOTFOUND',
  TRY_AGAIN: 'EAI_AGAIN',
  NO_RECOVERY: 'EAI_FAIL',
};

/** Errors that Linux has under two names. */
const EXTRA: Readonly<Record<string, number>> = { ENONET: 64, ESOCKTNOSUPPORT: 94, EHOSTDOWN: 112 };

function numberOf(error: string): number {
  if (error.startsWith('EAI_')) return (resolver as unknown as Record<string, number>)[error]!;
  const value = lookups[error] ?? (constants.errno as Record<string, number>)[error] ?? EXTRA[error];
  if (value === undefined) throw new Error(`the number of ${error} is unknown`);
  return value;
}

/** Which calls fail: the first, the second and the last, each once, and all of them. */
function ranges(count: number, most: number): [first: number, times: number][] {
  const positions = [...new Set([0, 1, count - 1])].filter(at => at < count);
  return [...positions.map((at): [number, number] => [at, 1]), [0, most]];
}

/** A signal does not interrupt every repetition of a call. */
const INTERRUPTIONS = 3;

function failures(row: Row, count: number): Case[] {
  return row.errors.flatMap(error =>
    ranges(count, error === 'EINTR' ? INTERRUPTIONS : FOR_EVER).map(([first, times]) => ({
      plan: { slot: slotOf(row), first, times, action: 'fail' as const, value: numberOf(error) },
      row,
      fault: error,
      // A signal is never an error of a call: the call is repeated (PEP 475).
      codes: error === 'EINTR' ? [] : [otherCodes[error] ?? error],
      needsLimit: error === 'EAGAIN',
    })),
  );
}

/** The faults that are no errors. */
function disturbances(row: Row, count: number): Case[] {
  const made = (action: Plan['action'], value: number, most: number): Case[] =>
    ranges(count, most).map(([first, times]) => ({
      plan: { slot: slotOf(row), first, times, action, value },
      row,
      fault: action === 'short' ? `at most ${value}` : action,
      codes: [],
      needsLimit: action !== 'short',
    }));
  return [
    ...(row.short ?? []).flatMap(most => made('short', most, FOR_EVER)),
    ...(row.loses === true ? made('lose', 0, 1) : []),
    ...(row.falselyReady === true ? made('ready', 0, INTERRUPTIONS) : []),
  ];
}

/** Returns the cases of a program that makes these calls. */
export function casesFor(counts: ReadonlyMap<string, number>): Case[] {
  return rows.flatMap(row => {
    const count = counts.get(slotOf(row)) ?? 0;
    return count === 0 ? [] : [...failures(row, count), ...disturbances(row, count)];
  });
}

/** A function with fewer errors than this has few cases. */
const FEW = 12;

/**
 * Returns the chance of a case in a run that takes a share of all. Every function is disturbed about as often as the others:
 * one that fails in one way, such as malloc(3), would have a hundredth of the cases otherwise.
 */
export function chanceOf({ row }: Case, share: number): number {
  return share * Math.max(1, FEW / row.errors.length);
}

/** Describes a case. */
export function describeCase({ plan, fault }: Case): string {
  const calls =
    plan.times === FOR_EVER
      ? 'every call'
      : plan.times === 1
        ? `call ${plan.first + 1}`
        : `${plan.times} calls`;
  return `${fault} in ${calls} of ${plan.slot}`;
}
