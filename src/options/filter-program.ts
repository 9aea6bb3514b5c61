/** The codec of options whose value is a BPF program. */
import { BPF_MAXINSNS } from '../bpf/constants.js';
import { checkProgram, decodeProgram, encodeProgram, type Program } from '../bpf/program.js';
import { sock_filter } from '../constants/layout.js';
import type { OptionCodec } from './option.js';

/**
 * A BPF program; `null` if none is attached. The kernel requires space for the whole program and does not report its
 * length in advance.
 */
export const programCodec: OptionCodec<Program | null, Program> = {
  type: 'program of berkeley/bpf',
  size: BPF_MAXINSNS * sock_filter.size,
  fits: length => length % sock_filter.size === 0,
  passing: 'filter',
  encode: (value, argument) => encodeProgram(checkProgram(value, argument)),
  decode: bytes => (bytes.length === 0 ? null : decodeProgram(bytes)),
};
