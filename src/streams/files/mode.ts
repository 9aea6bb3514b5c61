import { checkInteger, invalidType, invalidValue, outOfRange } from '../../errors/argument.js';

/** The modes of text files. */
export type TextMode = 'r' | 'w' | 'rw' | 'wr';
/** The modes of binary files. */
export type BinaryMode = 'b' | 'rb' | 'br' | 'wb' | 'bw' | 'rwb' | 'rbw' | 'wrb' | 'wbr' | 'brw' | 'bwr';

/** A parsed mode. */
export interface Mode {
  readonly name: string;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly isBinary: boolean;
}

/** Python’s `io.DEFAULT_BUFFER_SIZE`. */
const DEFAULT_SIZE = 8192;
const MOST = 1 << 30;

/** Parses a mode: the letters `r`, `w` and `b` in any order. A mode without `w` is for reading. */
export function parseMode(mode: unknown): Mode {
  if (typeof mode !== 'string') throw invalidType('mode', 'of type string', mode);
  if (!/^[rwb]*$/.test(mode)) throw invalidValue('mode', "must be made of 'r', 'w' and 'b'", mode);
  const writes = mode.includes('w');
  return { name: mode, reads: mode.includes('r') || !writes, writes, isBinary: mode.includes('b') };
}

/** The buffering of a file. */
export interface Buffering {
  /** The size of the buffer in bytes; 0 for no buffer. */
  readonly size: number;
  /** Whether a complete line is sent immediately. */
  readonly byLine: boolean;
}

/**
 * Parses `buffering` as Python’s open() does: -1 is the default, 0 no buffer, 1 one line, a larger number a size in
 * bytes.
 */
export function parseBuffering(buffering: number | undefined, isBinary: boolean): Buffering {
  const wanted = checkInteger(buffering ?? -1, 'options.buffering', -1, MOST);
  if (wanted === 0 && !isBinary) {
    throw outOfRange('options.buffering', '1 or more for a text file, which needs a buffer', wanted);
  }
  // A binary file has no lines to buffer.
  if (wanted === -1 || wanted === 1) return { size: DEFAULT_SIZE, byLine: wanted === 1 && !isBinary };
  return { size: wanted, byLine: false };
}
