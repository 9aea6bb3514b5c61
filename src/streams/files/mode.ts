import { checkInteger, invalidType, invalidValue, outOfRange } from '../../errors/argument.js';

/** Modes of text files. */
export type TextMode = 'r' | 'w' | 'rw' | 'wr';
/** Modes of binary files. */
export type BinaryMode = 'b' | 'rb' | 'br' | 'wb' | 'bw' | 'rwb' | 'rbw' | 'wrb' | 'wbr' | 'brw' | 'bwr';

/** What a file was opened for. */
export interface Mode {
  readonly name: string;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly isBinary: boolean;
}

/** `io.DEFAULT_BUFFER_SIZE` of the specification. */
const DEFAULT_SIZE = 8192;
const MOST = 1 << 30;

/** Reads a mode: letters of `r`, `w` and `b` in any order. What does not say `w` reads. */
export function parseMode(mode: unknown): Mode {
  if (typeof mode !== 'string') throw invalidType('mode', 'of type string', mode);
  if (!/^[rwb]*$/.test(mode)) throw invalidValue('mode', "must be made of 'r', 'w' and 'b'", mode);
  const writes = mode.includes('w');
  return { name: mode, reads: mode.includes('r') || !writes, writes, isBinary: mode.includes('b') };
}

/** How a file buffers. */
export interface Buffering {
  /** In bytes; 0 for none. */
  readonly size: number;
  /** Whether the end of a line sends what is buffered. */
  readonly byLine: boolean;
}

/** Reads `buffering` as open() of the specification does: -1 default, 0 none, 1 by lines, more a size in bytes. */
export function parseBuffering(buffering: number | undefined, isBinary: boolean): Buffering {
  const wanted = checkInteger(buffering ?? -1, 'options.buffering', -1, MOST);
  if (wanted === 0 && !isBinary) {
    throw outOfRange('options.buffering', 'more than 0 for text, which is decoded in a buffer', wanted);
  }
  // A binary file has no lines to buffer by.
  if (wanted === -1 || wanted === 1) return { size: DEFAULT_SIZE, byLine: wanted === 1 && !isBinary };
  return { size: wanted, byLine: false };
}
