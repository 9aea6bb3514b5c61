/** Entry point `berkeley/bpf`: classic BPF programs, which filter what a socket receives. */
export type { Ancillary } from './ancillary.js';
export { bpf } from './assemble.js';
export * from './constants.js';
export type { Instruction, Program } from './program.js';
export {
  A,
  type AtX,
  alu,
  type Branch,
  jump,
  type Label,
  label,
  ld,
  ldx,
  type Operand,
  ret,
  type Statement,
  st,
  stx,
  tax,
  txa,
  X,
} from './statements.js';
export { disassemble, formatProgram, parseProgram } from './text.js';
