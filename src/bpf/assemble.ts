import { assertPresent } from '../constants/absent.js';
import { checkArray, checkObject, checkText, invalidValue } from '../errors/argument.js';
import { BPF_JA, BPF_JMP, BPF_MAXINSNS } from './constants.js';
import { checkProgram, type Instruction, type Program } from './program.js';
import type { Label, Statement } from './statements.js';

/** The largest distance of a conditional jump: jt and jf are one byte each. */
const FARTHEST = 255;

/**
 * Assembles statements and labels into a classic BPF program.
 *
 * ```ts
 * const arp = bpf([
 *   ld.half(12),
 *   jump.eq(ETH_P_ARP, 'take', 'drop'),
 *   label('take'), ret(0xffff),
 *   label('drop'), ret(0),
 * ]);
 * socket.setOption(so.attachFilter, arp);
 * ```
 *
 * @param source the statements, and labels before the statements that they name
 * @returns the program, frozen, for `so.attachFilter`
 * @throws TypeError or RangeError naming the statement: unknown label, jump backwards or too far, no return at the end, …
 * @throws UnsupportedError if the platform does not support socket filters
 */
export function bpf(source: readonly (Statement | Label)[]): Program {
  assertPresent(BPF_MAXINSNS, 'source');
  checkArray(source, 'source');
  const positions = new Map<string, number>();
  const statements: Statement[] = [];
  for (const [i, item] of (source as readonly (Statement | Label)[]).entries()) {
    if (!('label' in checkObject(item, `source[${i}]`))) {
      statements.push(item as Statement);
      continue;
    }
    const name = checkText((item as Label).label, `source[${i}].label`);
    if (positions.has(name)) throw invalidValue(`source[${i}]`, 'repeats a label', name);
    positions.set(name, statements.length);
  }
  return checkProgram(
    statements.map((statement, i) => resolve(statement, i, positions)),
    'source',
  );
}

/** Replaces the labels of a statement by distances. */

function resolve(statement: Statement, index: number, positions: ReadonlyMap<string, number>): Instruction {
  const { code, k } = statement;
  if (code === (BPF_JMP | BPF_JA)) {
    return { code, jt: 0, jf: 0, k: distance(statement.then, index, positions) };
  }
  const [jt, jf] = [statement.then, statement.else].map(target => {
    const skipped = distance(target, index, positions);
    if (skipped > FARTHEST) {
      throw invalidValue(
        `source[${index}]`,
        `jumps over ${skipped} instructions, more than ${FARTHEST}: use a jump.always in between`,
        target,
      );
    }
    return skipped;
  }) as [number, number];
  return { code, jt, jf, k };
}

/** Returns the number of instructions between a statement and a label. */
function distance(target: string | undefined, index: number, positions: ReadonlyMap<string, number>): number {
  if (target === undefined) return 0;
  const position = positions.get(target);
  if (position === undefined) throw invalidValue(`source[${index}]`, 'jumps to an unknown label', target);
  if (position <= index)
    throw invalidValue(`source[${index}]`, 'jumps backwards: programs cannot have loops', target);
  return position - index - 1;
}
