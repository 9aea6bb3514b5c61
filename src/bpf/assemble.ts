import { assertPresent } from '../constants/absent.js';
import { checkObject, invalidType, invalidValue } from '../errors/argument.js';
import { BPF_JA, BPF_JMP, BPF_MAXINSNS } from './constants.js';
import { checkProgram, type Instruction, type Program } from './program.js';
import type { Label, Statement } from './statements.js';

/** The farthest that a condition can jump: jt and jf have a byte each. */
const FARTHEST = 255;

/**
 * A classic BPF program of statements and labels.
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
 * @throws TypeError or RangeError naming the statement: unknown label, jump backwards or too far, no return at the end, …
 * @throws UnsupportedError where the platform's sockets have no such filters
 */
export function bpf(source: readonly (Statement | Label)[]): Program {
  assertPresent(BPF_MAXINSNS, 'source');
  if (!Array.isArray(source)) throw invalidType('source', 'an instance of Array', source);
  source.forEach((item, i) => {
    checkObject(item, `source[${i}]`);
  });
  const isLabel = (item: Statement | Label): item is Label => 'label' in item;
  const places = new Map<string, number>();
  const statements: Statement[] = [];
  for (const item of source) {
    if (!isLabel(item)) statements.push(item);
    else if (places.has(item.label)) throw invalidValue('source', 'has a label twice', item.label);
    else places.set(item.label, statements.length);
  }
  return checkProgram(
    statements.map((statement, i) => resolve(statement, i, places)),
    'source',
  );
}

function resolve(statement: Statement, index: number, places: ReadonlyMap<string, number>): Instruction {
  const { code, k } = statement;
  if (code === (BPF_JMP | BPF_JA)) {
    return { code, jt: 0, jf: 0, k: distance(statement.then, index, places) };
  }
  const [jt, jf] = [statement.then, statement.else].map(target => {
    const skipped = distance(target, index, places);
    if (skipped > FARTHEST) {
      throw invalidValue(
        `source[${index}]`,
        `jumps over ${skipped} instructions, and can over ${FARTHEST}: go by way of a jump.always`,
        target,
      );
    }
    return skipped;
  }) as [number, number];
  return { code, jt, jf, k };
}

/** How many instructions lie between this one and a label. */
function distance(target: string | undefined, index: number, places: ReadonlyMap<string, number>): number {
  if (target === undefined) return 0;
  const place = places.get(target);
  if (place === undefined)
    throw invalidValue(`source[${index}]`, 'jumps to a label that is not there', target);
  if (place <= index)
    throw invalidValue(`source[${index}]`, 'jumps back, and programs have no loops', target);
  return place - index - 1;
}
