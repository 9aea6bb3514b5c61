/** BPF programs as values of options. */
import { BPF_MAXINSNS } from '../bpf/constants.js';
import { checkProgram, decodeProgram, encodeProgram, type Program } from '../bpf/program.js';
import { sock_filter } from '../constants/layout.js';
import type { OptionCodec } from './option.js';

/** A program; `null` where none is attached. The kernel wants space for all of it, and does not say how much that is. */
export const programCodec: OptionCodec<Program | null, Program> = {
  type: 'program of berkeley/bpf',
  size: BPF_MAXINSNS * sock_filter.size,
  fits: length => length % sock_filter.size === 0,
  passing: 'filter',
  encode: (value, argument) => encodeProgram(checkProgram(value, argument)),
  decode: bytes => (bytes.length === 0 ? null : decodeProgram(bytes)),
};
