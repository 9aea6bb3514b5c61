/** Programs as text, in the formats of tcpdump. */
import { checkText, invalidValue } from '../errors/argument.js';
import { BPF_JA, BPF_JMP } from './constants.js';
import { opcodeOf } from './opcodes.js';
import { checkProgram, type Instruction, type Program } from './program.js';

/**
 * Parses the output of `tcpdump -ddd`: the number of instructions, and a line of four numbers per instruction. Commas can
 * separate the lines, as in arguments of iptables.
 *
 * ```ts
 * const filter = parseProgram(execFileSync('tcpdump', ['-ddd', '-y', 'EN10MB', 'udp port 53'], { encoding: 'utf8' }));
 * ```
 *
 * @throws TypeError or RangeError if `text` is not a valid program
 */
export function parseProgram(text: string): Program {
  const [count, ...lines] = checkText(text, 'text')
    .trim()
    .split(/\s*[\n,]\s*/);
  if (!/^\d+$/.test(count!) || Number(count) !== lines.length) {
    throw invalidValue('text', 'must begin with the number of lines that follow', text);
  }
  return checkProgram(lines.map(parseLine), 'text');
}

function parseLine(line: string): Instruction {
  const match = /^(\d+)\s+(\d+)\s+(\d+)\s+(\d+)$/.exec(line);
  if (match === null) throw invalidValue('text', 'must have four numbers on each line', line);
  const [code, jt, jf, k] = match.slice(1).map(Number) as [number, number, number, number];
  return { code, jt, jf, k };
}

/**
 * Formats a program as `tcpdump -ddd` does. {@link parseProgram} parses the result.
 *
 * @throws TypeError or RangeError naming the instruction that is not valid
 */
export function formatProgram(program: Program): string {
  const lines = checkProgram(program, 'program').map(({ code, jt, jf, k }) => `${code} ${jt} ${jf} ${k}`);
  return [lines.length, ...lines].join('\n');
}

/**
 * Formats a program as assembly, as `tcpdump -d` does.
 *
 * ```text
 * (000) ldh      [12]
 * (001) jeq      #0x806           jt 2	jf 3
 * (002) ret      #65535
 * (003) ret      #0
 * ```
 *
 * @throws TypeError or RangeError naming the instruction that is not valid
 */
export function disassemble(program: Program): string {
  return checkProgram(program, 'program').map(disassembleLine).join('\n');
}

function disassembleLine(instruction: Instruction, index: number): string {
  const { code, jt, jf, k } = instruction;
  const { mnemonic, operand } = opcodeOf(code)!;
  const at = `(${String(index).padStart(3, '0')}) `;
  if (code === (BPF_JMP | BPF_JA)) return `${at}${mnemonic.padEnd(8)} ${index + 1 + k}`;
  const isJump = (code & 7) === BPF_JMP;
  const text = `${mnemonic.padEnd(8)} ${operand(k)}`;
  if (!isJump) return (at + text).trimEnd();
  return `${at}${mnemonic.padEnd(8)} ${operand(k).padEnd(16)} jt ${index + 1 + jt}\tjf ${index + 1 + jf}`;
}
