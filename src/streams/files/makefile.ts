import { invalidValue } from '../../errors/argument.js';
import { checkOptionKeys } from '../../reactor/wait-options.js';
import { BinaryFile, RawFile } from './binary-file.js';
import type { EncodingErrors, TextEncoding } from './encoding.js';
import type { Opening } from './file-core.js';
import { parseBuffering, parseMode } from './mode.js';
import { checkNewline, type Newline } from './newlines.js';
import type { SharedSocket } from './shared-socket.js';
import { TextFile } from './text-file.js';

/** How {@link Socket.makefile} makes a binary file. */
export interface BinaryFileOptions {
  /** The size of the buffer in bytes; -1, 8,192, by default; 0 for none. */
  readonly buffering?: number | undefined;
}

/** How {@link Socket.makefile} makes a text file. */
export interface TextFileOptions {
  /** The size of the buffer in bytes; -1, 8,192, by default; 1 to send whenever a line ends. */
  readonly buffering?: number | undefined;
  /** UTF-8 by default. */
  readonly encoding?: TextEncoding | undefined;
  /** What to do about what cannot be decoded or encoded; `'strict'`, to fail, by default. */
  readonly errors?: EncodingErrors | undefined;
  /** How lines end; `null`, in any of the three ways, by default. See {@link Newline}. */
  readonly newline?: Newline | undefined;
}

const KEYS = ['buffering', 'encoding', 'errors', 'newline'];

/** Opens a file over `socket`. */
export function makefile(
  socket: SharedSocket,
  modeName: string,
  options: TextFileOptions,
): BinaryFile | TextFile {
  const mode = parseMode(modeName);
  checkOptionKeys(options, KEYS);
  const { buffering: size, encoding, errors, newline } = options;
  const buffering = parseBuffering(size, mode.isBinary);
  const opening: Opening = { socket, mode, buffering };
  if (!mode.isBinary) {
    return new TextFile(opening, {
      encoding: encoding ?? 'utf-8',
      errors: errors ?? 'strict',
      newline: checkNewline(newline === undefined ? null : newline),
    });
  }
  for (const [name, value] of Object.entries({ encoding, errors, newline })) {
    if (value !== undefined)
      throw invalidValue(`options.${name}`, 'is for text, and the mode is binary', value);
  }
  return buffering.size === 0 ? new RawFile(opening) : new BinaryFile(opening);
}
