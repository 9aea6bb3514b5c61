/** The operations of classic BPF and their spelling. */

import { ancillaryName } from './ancillary.js';
import * as b from './constants.js';

/** Writes an operand as tcpdump does. */
export type Operand = (k: number) => string;

/** An operation as `tcpdump -d` writes it. */
export interface Opcode {
  /** The mnemonic. */
  readonly mnemonic: string;
  /** Writes the operand. */
  readonly operand: Operand;
}

const none: Operand = () => '';
const decimal: Operand = k => `#${k}`;
const hexadecimal: Operand = k => `#0x${k.toString(16)}`;
const index: Operand = () => 'x';
const accumulator: Operand = () => 'a';
const packet: Operand = k => `[${ancillaryName(k) ?? k}]`;
const packetAtX: Operand = k => `[x + ${k}]`;
const memory: Operand = k => `M[${k}]`;
const header: Operand = k => `4*([${k}]&0xf)`;
const length: Operand = () => '#pktlen';

const opcodes = new Map<number, Opcode>();

function add(code: number, mnemonic: string, operand: Operand): void {
  opcodes.set(code, { mnemonic, operand });
}

for (const [size, suffix] of [
  [b.BPF_W, ''],
  [b.BPF_H, 'h'],
  [b.BPF_B, 'b'],
] as const) {
  add(b.BPF_LD | size | b.BPF_ABS, `ld${suffix}`, packet);
  add(b.BPF_LD | size | b.BPF_IND, `ld${suffix}`, packetAtX);
}
for (const [kind, mnemonic] of [
  [b.BPF_LD, 'ld'],
  [b.BPF_LDX, 'ldx'],
] as const) {
  add(kind | b.BPF_W | b.BPF_IMM, mnemonic, hexadecimal);
  add(kind | b.BPF_W | b.BPF_MEM, mnemonic, memory);
  add(kind | b.BPF_W | b.BPF_LEN, mnemonic, length);
}
add(b.BPF_LDX | b.BPF_B | b.BPF_MSH, 'ldxb', header);
add(b.BPF_ST, 'st', memory);
add(b.BPF_STX, 'stx', memory);

for (const [operation, mnemonic, operand] of [
  [b.BPF_ADD, 'add', decimal],
  [b.BPF_SUB, 'sub', decimal],
  [b.BPF_MUL, 'mul', decimal],
  [b.BPF_DIV, 'div', decimal],
  [b.BPF_MOD, 'mod', decimal],
  [b.BPF_OR, 'or', hexadecimal],
  [b.BPF_AND, 'and', hexadecimal],
  [b.BPF_XOR, 'xor', hexadecimal],
  [b.BPF_LSH, 'lsh', decimal],
  [b.BPF_RSH, 'rsh', decimal],
] as const) {
  add(b.BPF_ALU | operation | b.BPF_K, mnemonic, operand);
  add(b.BPF_ALU | operation | b.BPF_X, mnemonic, index);
}
add(b.BPF_ALU | b.BPF_NEG, 'neg', none);

for (const [condition, mnemonic] of [
  [b.BPF_JEQ, 'jeq'],
  [b.BPF_JGT, 'jgt'],
  [b.BPF_JGE, 'jge'],
  [b.BPF_JSET, 'jset'],
] as const) {
  add(b.BPF_JMP | condition | b.BPF_K, mnemonic, hexadecimal);
  add(b.BPF_JMP | condition | b.BPF_X, mnemonic, index);
}
add(b.BPF_JMP | b.BPF_JA, 'ja', decimal);
add(b.BPF_RET | b.BPF_K, 'ret', decimal);
add(b.BPF_RET | b.BPF_A, 'ret', accumulator);
add(b.BPF_MISC | b.BPF_TAX, 'tax', none);
add(b.BPF_MISC | b.BPF_TXA, 'txa', none);

/** Returns whether the kernel supports an operation. */
export function isOpcode(code: number): boolean {
  return opcodes.has(code);
}

/** Returns the spelling of an operation. */
export function opcodeOf(code: number): Opcode | undefined {
  return opcodes.get(code);
}
