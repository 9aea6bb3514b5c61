/**
 * Classic BPF programs. The checks are those of the kernel (bpf_check_classic of net/core/filter.c), so that a mistake has a
 * message instead of EINVAL.
 */

import { sock_filter } from '../constants/layout.js';
import { checkArray, checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { littleEndian, viewOf } from '../layout/view.js';
import {
  BPF_ALU,
  BPF_DIV,
  BPF_JA,
  BPF_JMP,
  BPF_K,
  BPF_LD,
  BPF_LDX,
  BPF_LSH,
  BPF_MAXINSNS,
  BPF_MEM,
  BPF_MEMWORDS,
  BPF_MOD,
  BPF_RET,
  BPF_RSH,
  BPF_ST,
  BPF_STX,
} from './constants.js';
import { isOpcode } from './opcodes.js';

/** One instruction: struct sock_filter. */
export interface Instruction {
  /** The operation: `BPF_` bits, or-ed. */
  readonly code: number;
  /** The number of instructions to skip if the condition is true. */
  readonly jt: number;
  /** The number of instructions to skip if the condition is false. */
  readonly jf: number;
  /** The constant: an offset, a value or a distance. */
  readonly k: number;
}

/** A program: the result of {@link bpf} and {@link parseProgram}. */
export type Program = readonly Instruction[];

const CLASS = 0x07;
const OPERATION = 0xf0;

/** Returns what is wrong with an instruction, or `undefined`. */
function faultOf(program: Program, index: number): string | undefined {
  const { code, jt, jf, k } = program[index]!;
  const left = program.length - index - 1;
  if (!isOpcode(code)) return `has an unknown operation ${code}`;
  const kind = code & CLASS;
  if (kind === BPF_JMP) {
    const farthest = code === (BPF_JMP | BPF_JA) ? k : Math.max(jt, jf);
    return farthest >= left ? 'jumps past the end' : undefined;
  }
  if (kind === BPF_ALU) return divisionFault(code, k);
  const isMemory = code === (BPF_LD | BPF_MEM) || code === (BPF_LDX | BPF_MEM);
  if ((isMemory || code === BPF_ST || code === BPF_STX) && k >= BPF_MEMWORDS) {
    return `uses word ${k} of ${BPF_MEMWORDS} words of scratch memory`;
  }
  return left === 0 && kind !== BPF_RET ? 'is the last instruction and does not return' : undefined;
}

function divisionFault(code: number, k: number): string | undefined {
  if ((code & 0x08) !== BPF_K) return undefined;
  const operation = code & OPERATION;
  if (k === 0 && (operation === BPF_DIV || operation === BPF_MOD)) return 'divides by zero';
  if (k > 31 && (operation === BPF_LSH || operation === BPF_RSH)) return 'shifts by more than 31 bits';
  return undefined;
}

function checkInstruction(value: unknown, argument: string): Instruction {
  const { code, jt, jf, k } = checkObject(value, argument) as Instruction;
  return Object.freeze({
    code: checkInteger(code, `${argument}.code`, 0, 0xffff),
    jt: checkInteger(jt, `${argument}.jt`, 0, 0xff),
    jf: checkInteger(jf, `${argument}.jf`, 0, 0xff),
    k: checkInteger(k, `${argument}.k`, -0x80000000, 0xffffffff) >>> 0,
  });
}

/** Checks a program and returns a frozen copy. Errors name the instruction. */
export function checkProgram(value: unknown, argument: string): Program {
  const program = Array.from(checkArray(value, argument), (item, i) =>
    checkInstruction(item, `${argument}[${i}]`),
  );
  if (program.length === 0 || program.length > BPF_MAXINSNS) {
    throw invalidValue(argument, `must have 1 to ${BPF_MAXINSNS} instructions`, program.length);
  }
  program.forEach((instruction, i) => {
    const fault = faultOf(program, i);
    if (fault !== undefined) throw invalidValue(`${argument}[${i}]`, fault, instruction);
  });
  return Object.freeze(program);
}

/** Encodes a program in the kernel's layout. */
export function encodeProgram(program: Program): Uint8Array {
  const bytes = new Uint8Array(program.length * sock_filter.size);
  const view = viewOf(bytes);
  program.forEach(({ code, jt, jf, k }, i) => {
    const at = i * sock_filter.size;
    view.setUint16(at + sock_filter.code, code, littleEndian);
    view.setUint8(at + sock_filter.jt, jt);
    view.setUint8(at + sock_filter.jf, jf);
    view.setUint32(at + sock_filter.k, k, littleEndian);
  });
  return bytes;
}

/** Decodes a program from the kernel's layout. */
export function decodeProgram(bytes: Uint8Array): Program {
  const view = viewOf(bytes);
  const program = Array.from({ length: bytes.length / sock_filter.size }, (_, i) => {
    const at = i * sock_filter.size;
    return Object.freeze({
      code: view.getUint16(at + sock_filter.code, littleEndian),
      jt: view.getUint8(at + sock_filter.jt),
      jf: view.getUint8(at + sock_filter.jf),
      k: view.getUint32(at + sock_filter.k, littleEndian),
    });
  });
  return Object.freeze(program);
}
