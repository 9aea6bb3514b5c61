/** Tables of advice: each row has the failures that its text applies to. */
import type { Failure } from './adviser.js';

/** One row of a table of advice. */
export interface AdviceRow {
  /**
   * The calls that the row applies to: names of system calls, where `send` and `recv` include all variants; any call if
   * absent.
   */
  readonly calls?: readonly string[];
  /** The error codes that the row applies to. */
  readonly codes: readonly string[];
  /** A further condition. */
  readonly when?: (failure: Failure) => boolean;
  /** The advice. A function can return `undefined` for no advice. */
  readonly text: AdviceText;
  /** The advice on Windows, if it differs; `null` for none. */
  readonly windows?: AdviceText | null;
}

type AdviceText = string | ((failure: Failure) => string | undefined);

/** Returns the rows of a system: with the advice for Windows, or without it. */
export function rowsOn(rows: readonly AdviceRow[], platform: NodeJS.Platform): readonly AdviceRow[] {
  if (platform !== 'win32') return rows;
  return rows.flatMap(({ windows, ...row }) => {
    if (windows === undefined) return [row];
    return windows === null ? [] : [{ ...row, text: windows }];
  });
}

/** Returns a function that searches a table. The first row that matches gives the advice. */
export function adviceFrom(rows: readonly AdviceRow[]): (failure: Failure) => string | undefined {
  const byCode = groupByCode(rowsOn(rows, process.platform));
  return failure => {
    const candidates = byCode.get(failure.code);
    if (candidates === undefined) return undefined; // fast for frequent codes such as EAGAIN
    const row = findRow(candidates, failure);
    return typeof row?.text === 'function' ? row.text(failure) : row?.text;
  };
}

/** Returns the first row that matches. */
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

/**
 * Returns `'send'` for `sendto`, `sendmsg` and `sendmmsg`, `'recv'` for the variants of recv, and any other call
 * unchanged.
 */
export function callOf(syscall: string): string {
  return /^(send|recv)(to|from|msg|mmsg|file)?$/.exec(syscall)?.[1] ?? syscall;
}

/** The error codes of a kernel that lacks a protocol. */
export const LACKING: readonly string[] = ['EPROTONOSUPPORT', 'ESOCKTNOSUPPORT', 'ENOPROTOOPT'];

/** Returns `AF_TIPC needs a kernel module: modprobe tipc`. */
export function needsModules(what: string, ...modules: readonly string[]): string {
  // Without -a, modprobe treats every name after the first as a parameter of the first module.
  return modules.length === 1
    ? `${what} needs a kernel module: modprobe ${modules[0]}`
    : `${what} needs kernel modules: modprobe -a ${modules.join(' ')}`;
}

/** Returns the row for a family whose module is not loaded. */
export function moduleRow(what: string, ...modules: readonly string[]): AdviceRow {
  return {
    calls: ['socket'],
    codes: ['EAFNOSUPPORT'],
    text: needsModules(what, ...modules),
    windows: `Windows does not have ${what}`,
  };
}
