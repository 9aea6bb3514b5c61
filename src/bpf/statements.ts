/**
 * The instructions of classic BPF as functions: loads, computations and jumps. `A` is the accumulator, `X` the index
 * register. Both are 32 bits wide; data of the packet is loaded in network byte order.
 */
import { checkInteger, checkText, invalidType, invalidValue, isRevoked } from '../errors/argument.js';
import { type Ancillary, ancillaryNames, ancillaryOffset } from './ancillary.js';
import * as b from './constants.js';

/** An instruction with labels in place of distances. */
export interface Statement {
  /** The operation: `BPF_` bits, or-ed. */
  readonly code: number;
  /** The operand: a constant, an offset, or a slot of scratch memory. */
  readonly k: number;
  /** The label to jump to if the condition is true, or always; the next statement by default. */
  readonly then?: string | undefined;
  /** The label to jump to if the condition is false; the next statement by default. */
  readonly else?: string | undefined;
}

/** The name of a position in a program. */
export interface Label {
  /** The name. */
  readonly label: string;
}

/** A position in the packet: `offset` bytes after the index register. */
export interface AtX {
  /** The index register. */
  readonly register: 'X';
  /** The number of bytes after it. */
  readonly offset: number;
}

/** The index register, as an operand and as the base of a load: `ld.half(X.plus(2))`. */
export const X: AtX & {
  /** Returns the position `offset` bytes after the index register. */
  plus(offset: number): AtX;
} = Object.freeze({
  register: 'X',
  offset: 0,
  plus: (offset: number): AtX => Object.freeze({ register: 'X', offset: word(offset, 'offset') }),
});

/** The accumulator, for `ret`. */
export const A: { readonly register: 'A' } = Object.freeze({ register: 'A' });

/** The operand of a computation: a constant or `X`. */
export type Operand = number | AtX;

/** Checks a number of 32 bits, signed or unsigned: -1 and 0xffffffff are the same. */
function word(value: unknown, argument: string): number {
  return checkInteger(value, argument, -0x80000000, 0xffffffff) >>> 0;
}

function checkLabel(value: unknown, argument: string): string | undefined {
  return value === undefined ? undefined : checkText(value, argument);
}

function statement(code: number, k: number, then?: string, otherwise?: string): Statement {
  return Object.freeze({ code, k, then, else: otherwise });
}

function isX(value: unknown): value is AtX {
  return typeof value === 'object' && value !== null && !isRevoked(value) && (value as AtX).register === 'X';
}

/** Returns the bit of the operand's kind, and the constant. */
function source(operand: Operand, argument: string): [bit: number, k: number] {
  if (!isX(operand)) return [b.BPF_K, word(operand, argument)];
  if (operand.offset !== 0) throw invalidValue(argument, 'must be a number or X', operand);
  return [b.BPF_X, 0];
}

function load(size: number, from: Operand): Statement {
  if (isX(from)) return statement(b.BPF_LD | size | b.BPF_IND, word(from.offset, 'from.offset'));
  return statement(b.BPF_LD | size | b.BPF_ABS, word(from, 'from'));
}

function memory(code: number, slot: number): Statement {
  return statement(code, checkInteger(slot, 'slot', 0, b.BPF_MEMWORDS - 1));
}

/** Loads a value into the accumulator. */
export const ld = Object.freeze({
  /** Loads one byte of the packet, at an offset or at `X.plus(offset)`. */
  byte: (from: Operand): Statement => load(b.BPF_B, from),
  /** Loads two bytes of the packet. */
  half: (from: Operand): Statement => load(b.BPF_H, from),
  /** Loads four bytes of the packet. */
  word: (from: Operand): Statement => load(b.BPF_W, from),
  /** Loads a constant. */
  constant: (value: number): Statement => statement(b.BPF_LD | b.BPF_IMM, word(value, 'value')),
  /** Loads a word of scratch memory, 0 to 15. */
  memory: (slot: number): Statement => memory(b.BPF_LD | b.BPF_MEM, slot),
  /** Loads the length of the packet. */
  length: (): Statement => statement(b.BPF_LD | b.BPF_LEN, 0),
  /** Loads metadata of the packet. */
  ancillary(name: Ancillary): Statement {
    const offset = ancillaryOffset(checkText(name, 'name') as Ancillary);
    if (offset === undefined) throw invalidValue('name', `must be one of ${ancillaryNames.join(', ')}`, name);
    return statement(b.BPF_LD | b.BPF_W | b.BPF_ABS, offset);
  },
});

/** Loads a value into the index register. */
export const ldx = Object.freeze({
  /** Loads a constant. */
  constant: (value: number): Statement => statement(b.BPF_LDX | b.BPF_IMM, word(value, 'value')),
  /** Loads a word of scratch memory, 0 to 15. */
  memory: (slot: number): Statement => memory(b.BPF_LDX | b.BPF_MEM, slot),
  /** Loads the length of the packet. */
  length: (): Statement => statement(b.BPF_LDX | b.BPF_LEN, 0),
  /** Loads the length of the IPv4 header at an offset: four times the lower four bits of its first byte. */
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

/** Computes with the accumulator and a constant or `X`. The result is in the accumulator. */
export const alu = Object.freeze({
  /** Adds. */
  add: (operand: Operand): Statement => compute(b.BPF_ADD, operand),
  /** Subtracts. */
  sub: (operand: Operand): Statement => compute(b.BPF_SUB, operand),
  /** Multiplies. */
  mul: (operand: Operand): Statement => compute(b.BPF_MUL, operand),
  /** Divides, unsigned. If X is 0, the program ends and drops the packet. */
  div: (operand: Operand): Statement => compute(b.BPF_DIV, operand),
  /** Computes the remainder, unsigned. If X is 0, the program ends and drops the packet. */
  mod: (operand: Operand): Statement => compute(b.BPF_MOD, operand),
  /** Computes the bitwise AND. */
  and: (operand: Operand): Statement => compute(b.BPF_AND, operand),
  /** Computes the bitwise OR. */
  or: (operand: Operand): Statement => compute(b.BPF_OR, operand),
  /** Computes the bitwise XOR. */
  xor: (operand: Operand): Statement => compute(b.BPF_XOR, operand),
  /** Shifts left. */
  lsh: (operand: Operand): Statement => compute(b.BPF_LSH, operand),
  /** Shifts right and fills with zeros. */
  rsh: (operand: Operand): Statement => compute(b.BPF_RSH, operand),
  /** Negates the accumulator. */
  neg: (): Statement => statement(b.BPF_ALU | b.BPF_NEG, 0),
});

function branch(condition: number, operand: Operand, then?: string, otherwise?: string): Statement {
  const [bit, k] = source(operand, 'operand');
  return statement(
    b.BPF_JMP | condition | bit,
    k,
    checkLabel(then, 'then'),
    checkLabel(otherwise, 'otherwise'),
  );
}

/** Compares the accumulator with an operand and jumps to one of two labels. */
export type Branch = (operand: Operand, then?: string, otherwise?: string) => Statement;

/**
 * Compares the accumulator with an operand, unsigned. Jumps to the label `then` if the comparison is true, to `otherwise` if
 * not. Without a label, the program continues with the next statement. Jumps only go forward: programs cannot have loops.
 */
export const jump: Readonly<
  Record<'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'set', Branch> & {
    /** Jumps to a label unconditionally. */
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
  /** Tests whether the accumulator has any of the bits of the operand. */
  set: (operand: Operand, then?: string, otherwise?: string) => branch(b.BPF_JSET, operand, then, otherwise),
});

/** Ends the program and keeps a number of bytes of the packet: a constant or `A`. 0 drops the packet. */
export function ret(bytes: number | typeof A): Statement {
  if (typeof bytes === 'number') return statement(b.BPF_RET | b.BPF_K, word(bytes, 'bytes'));
  if (isRevoked(bytes) || bytes?.register !== 'A') throw invalidType('bytes', 'of type number, or A', bytes);
  return statement(b.BPF_RET | b.BPF_A, 0);
}

/** Copies the accumulator to the index register. */
export function tax(): Statement {
  return statement(b.BPF_MISC | b.BPF_TAX, 0);
}

/** Copies the index register to the accumulator. */
export function txa(): Statement {
  return statement(b.BPF_MISC | b.BPF_TXA, 0);
}

/** Names the position of the next statement. */
export function label(name: string): Label {
  return Object.freeze({ label: checkText(name, 'name') });
}
