/** The operations of classic BPF and their spelling. */

import { lazy } from '../constants/lazy.js';
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

type Row = readonly [code: number, mnemonic: string, operand: Operand];

function loads(): Row[] {
  const sizes = [
    [b.BPF_W, ''],
    [b.BPF_H, 'h'],
    [b.BPF_B, 'b'],
  ] as const;
  const kinds = [
    [b.BPF_LD, 'ld'],
    [b.BPF_LDX, 'ldx'],
  ] as const;
  return [
    ...sizes.flatMap(([size, suffix]): Row[] => [
      [b.BPF_LD | size | b.BPF_ABS, `ld${suffix}`, packet],
      [b.BPF_LD | size | b.BPF_IND, `ld${suffix}`, packetAtX],
    ]),
    ...kinds.flatMap(([kind, mnemonic]): Row[] => [
      [kind | b.BPF_W | b.BPF_IMM, mnemonic, hexadecimal],
      [kind | b.BPF_W | b.BPF_MEM, mnemonic, memory],
      [kind | b.BPF_W | b.BPF_LEN, mnemonic, length],
    ]),
    [b.BPF_LDX | b.BPF_B | b.BPF_MSH, 'ldxb', header],
  ];
}

function arithmetic(): Row[] {
  const operations = [
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
  ] as const;
  return operations.flatMap(([operation, mnemonic, operand]): Row[] => [
    [b.BPF_ALU | operation | b.BPF_K, mnemonic, operand],
    [b.BPF_ALU | operation | b.BPF_X, mnemonic, index],
  ]);
}

function jumps(): Row[] {
  const conditions = [
    [b.BPF_JEQ, 'jeq'],
    [b.BPF_JGT, 'jgt'],
    [b.BPF_JGE, 'jge'],
    [b.BPF_JSET, 'jset'],
  ] as const;
  return conditions.flatMap(([condition, mnemonic]): Row[] => [
    [b.BPF_JMP | condition | b.BPF_K, mnemonic, hexadecimal],
    [b.BPF_JMP | condition | b.BPF_X, mnemonic, index],
  ]);
}

function others(): Row[] {
  return [
    [b.BPF_ST, 'st', memory],
    [b.BPF_STX, 'stx', memory],
    [b.BPF_ALU | b.BPF_NEG, 'neg', none],
    [b.BPF_JMP | b.BPF_JA, 'ja', decimal],
    [b.BPF_RET | b.BPF_K, 'ret', decimal],
    [b.BPF_RET | b.BPF_A, 'ret', accumulator],
    [b.BPF_MISC | b.BPF_TAX, 'tax', none],
    [b.BPF_MISC | b.BPF_TXA, 'txa', none],
  ];
}

/** The operations by code. They are built when a program is first parsed or printed. */
const opcodes = lazy(
  () =>
    new Map(
      [...loads(), ...arithmetic(), ...jumps(), ...others()].map(([code, mnemonic, operand]) => [
        code,
        { mnemonic, operand },
      ]),
    ),
);

/** Returns whether the kernel supports an operation. */
export function isOpcode(code: number): boolean {
  return opcodes().has(code);
}

/** Returns the spelling of an operation. */
export function opcodeOf(code: number): Opcode | undefined {
  return opcodes().get(code);
}
