/** Tables of advice: which failures a sentence is for. */
import type { Failure } from './advice.js';

/** One row of a table of advice. */
export interface AdviceRow {
  /**
   * The calls it is for: names of system calls, where `send` and `recv` stand for all that send and receive; any call
   * where it is absent.
   */
  readonly calls?: readonly string[];
  /** The codes it is for. */
  readonly codes: readonly string[];
  /** What else has to be true. */
  readonly when?: (failure: Failure) => boolean;
  /** The advice. A function can find that there is none. */
  readonly text: string | ((failure: Failure) => string | undefined);
}

/** Makes a function of a table: the first row that fits gives the advice. */
export function adviceFrom(rows: readonly AdviceRow[]): (failure: Failure) => string | undefined {
  const byCode = groupByCode(rows);
  return failure => {
    const candidates = byCode.get(failure.code);
    if (candidates === undefined) return undefined; // EAGAIN, for one, has to cost little
    const row = findRow(candidates, failure);
    return typeof row?.text === 'function' ? row.text(failure) : row?.text;
  };
}

/** The first row that fits. */
function findRow(rows: readonly AdviceRow[], failure: Failure): AdviceRow | undefined {
  const call = callOf(failure.syscall);
  return rows.find(
    ({ calls, codes, when }) =>
      codes.includes(failure.code) && (calls?.includes(call) ?? true) && (when?.(failure) ?? true),
  );
}

function groupByCode(rows: readonly AdviceRow[]): ReadonlyMap<string, AdviceRow[]> {
  const byCode = new Map<string, AdviceRow[]>();
  for (const row of rows) {
    for (const code of row.codes) byCode.set(code, [...(byCode.get(code) ?? []), row]);
  }
  return byCode;
}

/** `'send'` for `sendto`, `sendmsg` and `sendmmsg`, `'recv'` likewise; any other call is its own. */
export function callOf(syscall: string): string {
  return /^(send|recv)(to|from|msg|mmsg|file)?$/.exec(syscall)?.[1] ?? syscall;
}

/** The codes of a kernel that lacks a protocol. */
export const LACKING: readonly string[] = ['EPROTONOSUPPORT', 'ESOCKTNOSUPPORT', 'ENOPROTOOPT'];

/** `AF_TIPC needs a kernel module: modprobe tipc` */
export function needsModules(what: string, ...modules: readonly string[]): string {
  // Without -a, modprobe takes every name but the first for a parameter of the first.
  return modules.length === 1
    ? `${what} needs a kernel module: modprobe ${modules[0]}`
    : `${what} needs kernel modules: modprobe -a ${modules.join(' ')}`;
}

/** The row for a family whose module is not loaded. */
export function moduleRow(what: string, ...modules: readonly string[]): AdviceRow {
  return { calls: ['socket'], codes: ['EAFNOSUPPORT'], text: needsModules(what, ...modules) };
}
