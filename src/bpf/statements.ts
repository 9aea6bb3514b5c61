/**
 * The instructions of classic BPF as functions: a load, a computation, a jump to a label. `A` is the accumulator, `X` the
 * index register; all are 32 bits wide, and what is loaded of the packet is in network order.
 */
import { checkInteger, checkText, invalidType, invalidValue } from '../errors/argument.js';
import { type Ancillary, ancillaryNames, ancillaryOffset } from './ancillary.js';
import * as b from './constants.js';

/** An instruction whose jumps still are names. */
export interface Statement {
  /** The operation, as `BPF_` bits. */
  readonly code: number;
  /** The operand: a constant, an offset, or a slot of scratch memory. */
  readonly k: number;
  /** The labels to go on at, if the condition holds and if not; the next statement where absent. */
  readonly then?: string | undefined;
  /** The label to go on at if the condition does not hold; the next statement where absent. */
  readonly else?: string | undefined;
}

/** A place in a program. */
export interface Label {
  /** Its name. */
  readonly label: string;
}

/** Something of the packet that lies `offset` bytes after where X points. */
export interface AtX {
  /** That it is the index register. */
  readonly register: 'X';
  /** How many bytes further. */
  readonly offset: number;
}

/** The index register: an operand, and the base of a load: `ld.half(X.plus(2))`. */
export const X: AtX & {
  /** So many bytes further. */
  plus(offset: number): AtX;
} = Object.freeze({
  register: 'X',
  offset: 0,
  plus: (offset: number): AtX => Object.freeze({ register: 'X', offset }),
});

/** The accumulator, as what `ret` returns. */
export const A: { readonly register: 'A' } = Object.freeze({ register: 'A' });

/** What instructions compute with: a constant or X. */
export type Operand = number | AtX;

/** 32 bits, signed or not: -1 and 0xffffffff are the same. */
function word(value: unknown, argument: string): number {
  return checkInteger(value, argument, -0x80000000, 0xffffffff) >>> 0;
}

function statement(code: number, k: number, then?: string, otherwise?: string): Statement {
  return Object.freeze({ code, k, then, else: otherwise });
}

function isX(value: unknown): value is AtX {
  return typeof value === 'object' && value !== null && (value as AtX).register === 'X';
}

/** The bit that says which operand it is, and the constant. */
function source(operand: Operand, argument: string): [bit: number, k: number] {
  if (!isX(operand)) return [b.BPF_K, word(operand, argument)];
  if (operand.offset !== 0) throw invalidValue(argument, 'must be a number or X', operand);
  return [b.BPF_X, 0];
}

function load(size: number, from: Operand): Statement {
  const [mode, offset] = isX(from) ? [b.BPF_IND, from.offset] : [b.BPF_ABS, from];
  return statement(b.BPF_LD | size | mode, word(offset, 'offset'));
}

function memory(code: number, slot: number): Statement {
  return statement(code, checkInteger(slot, 'slot', 0, b.BPF_MEMWORDS - 1));
}

/** Loads into the accumulator. */
export const ld = Object.freeze({
  /** One byte of the packet, at an offset or at `X.plus(offset)`. */
  byte: (from: Operand): Statement => load(b.BPF_B, from),
  /** Two bytes of the packet. */
  half: (from: Operand): Statement => load(b.BPF_H, from),
  /** Four bytes of the packet. */
  word: (from: Operand): Statement => load(b.BPF_W, from),
  /** A number. */
  constant: (value: number): Statement => statement(b.BPF_LD | b.BPF_IMM, word(value, 'value')),
  /** A word of scratch memory, 0 to 15. */
  memory: (slot: number): Statement => memory(b.BPF_LD | b.BPF_MEM, slot),
  /** The packet’s length. */
  length: (): Statement => statement(b.BPF_LD | b.BPF_LEN, 0),
  /** What the kernel knows of the packet beside its bytes. */
  ancillary(name: Ancillary): Statement {
    const offset = ancillaryOffset(name);
    if (offset === undefined) throw invalidValue('name', `must be one of ${ancillaryNames.join(', ')}`, name);
    return statement(b.BPF_LD | b.BPF_W | b.BPF_ABS, offset);
  },
});

/** Loads into the index register. */
export const ldx = Object.freeze({
  /** A number. */
  constant: (value: number): Statement => statement(b.BPF_LDX | b.BPF_IMM, word(value, 'value')),
  /** A word of scratch memory, 0 to 15. */
  memory: (slot: number): Statement => memory(b.BPF_LDX | b.BPF_MEM, slot),
  /** The packet’s length. */
  length: (): Statement => statement(b.BPF_LDX | b.BPF_LEN, 0),
  /** The length of the IPv4 header that begins at an offset: four times the low half of its first byte. */
  headerLength: (offset: number): Statement =>
    statement(b.BPF_LDX | b.BPF_B | b.BPF_MSH, word(offset, 'offset')),
});

/** Stores the accumulator in a word of scratch memory, 0 to 15. */
export function st(slot: number): Statement {
  return memory(b.BPF_ST, slot);
}

/** Stores the index register in a word of scratch memory, 0 to 15. */
export function stx(slot: number): Statement {
  return memory(b.BPF_STX, slot);
}

function compute(operation: number, operand: Operand): Statement {
  const [bit, k] = source(operand, 'operand');
  return statement(b.BPF_ALU | operation | bit, k);
}

/** Computes in the accumulator, with a number or X. */
export const alu = Object.freeze({
  /** Adds. */
  add: (operand: Operand): Statement => compute(b.BPF_ADD, operand),
  /** Subtracts. */
  sub: (operand: Operand): Statement => compute(b.BPF_SUB, operand),
  /** Multiplies. */
  mul: (operand: Operand): Statement => compute(b.BPF_MUL, operand),
  /** Divides, unsigned; by an X of 0 the program ends and drops the packet. */
  div: (operand: Operand): Statement => compute(b.BPF_DIV, operand),
  /** The remainder; by an X of 0 the program ends and drops the packet. */
  mod: (operand: Operand): Statement => compute(b.BPF_MOD, operand),
  /** The bits that both have. */
  and: (operand: Operand): Statement => compute(b.BPF_AND, operand),
  /** The bits that either has. */
  or: (operand: Operand): Statement => compute(b.BPF_OR, operand),
  /** The bits that one of them has. */
  xor: (operand: Operand): Statement => compute(b.BPF_XOR, operand),
  /** Shifts left. */
  lsh: (operand: Operand): Statement => compute(b.BPF_LSH, operand),
  /** Shifts right, filling with zeros. */
  rsh: (operand: Operand): Statement => compute(b.BPF_RSH, operand),
  /** Changes the sign. */
  neg: (): Statement => statement(b.BPF_ALU | b.BPF_NEG, 0),
});

function branch(condition: number, operand: Operand, then?: string, otherwise?: string): Statement {
  const [bit, k] = source(operand, 'operand');
  return statement(b.BPF_JMP | condition | bit, k, then, otherwise);
}

/** A conditional jump: compares the accumulator with the operand. */
export type Branch = (operand: Operand, then?: string, otherwise?: string) => Statement;

/**
 * Jumps: if the accumulator compares so, unsigned, goes on at the label `then`, else at `otherwise`; the next statement
 * where that is left out. Labels lie ahead: programs have no loops.
 */
export const jump: Readonly<
  Record<'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'set', Branch> & {
    /** Goes on at a label, whatever the accumulator holds. */
    always(to: string): Statement;
  }
> = Object.freeze({
  always: (to: string): Statement => statement(b.BPF_JMP | b.BPF_JA, 0, checkText(to, 'to')),
  eq: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JEQ, operand, then, otherwise),
  ne: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JEQ, operand, otherwise, then),
  gt: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JGT, operand, then, otherwise),
  ge: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JGE, operand, then, otherwise),
  lt: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JGE, operand, otherwise, then),
  le: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JGT, operand, otherwise, then),
  /** Whether the accumulator has any of these bits. */
  set: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JSET, operand, then, otherwise),
});

/** Ends the program: so many bytes of the packet are kept, 0 drops it; `ret(A)` keeps as many as A says. */
export function ret(bytes: number | typeof A): Statement {
  if (typeof bytes === 'number') return statement(b.BPF_RET | b.BPF_K, word(bytes, 'bytes'));
  if (bytes?.register !== 'A') throw invalidType('bytes', 'a number or A', bytes);
  return statement(b.BPF_RET | b.BPF_A, 0);
}

/** Copies A to X. */
export function tax(): Statement {
  return statement(b.BPF_MISC | b.BPF_TAX, 0);
}

/** Copies X to A. */
export function txa(): Statement {
  return statement(b.BPF_MISC | b.BPF_TXA, 0);
}

/** Names the place of the next statement. */
export function label(name: string): Label {
  return Object.freeze({ label: checkText(name, 'name') });
}
