import { checkTimeout, invalidValue } from '../../errors/argument.js';
import { checkOptionKeys } from '../../reactor/wait-options.js';
import { BinaryFile, RawFile } from './binary-file.js';
import type { EncodingErrors, TextEncoding } from './encoding.js';
import type { Opening } from './file-core.js';
import { parseBuffering, parseMode } from './mode.js';
import { checkNewline, type Newline } from './newlines.js';
import type { SharedSocket } from './shared-socket.js';
import { TextFile } from './text-file.js';

/** The options of {@link Socket.makefile} for a binary file. */
export interface BinaryFileOptions {
  /** The size of the buffer in bytes; 0 for no buffer; -1, the default, for 8,192 bytes. */
  readonly buffering?: number | undefined;
  /** The limit of each call that has no `timeout` of its own, in milliseconds; no limit by default. */
  readonly timeout?: number | null | undefined;
}

/** The options of {@link Socket.makefile} for a text file. */
export interface TextFileOptions {
  /** The size of the buffer in bytes; 1 sends each complete line; -1, the default, for 8,192 bytes. */
  readonly buffering?: number | undefined;
  /** The encoding; UTF-8 by default. */
  readonly encoding?: TextEncoding | undefined;
  /** How to handle text that cannot be decoded or encoded; `'strict'` (fail) by default. */
  readonly errors?: EncodingErrors | undefined;
  /** The line endings; `null` (all three) by default. See {@link Newline}. */
  readonly newline?: Newline | undefined;
  /** The limit of each call that has no `timeout` of its own, in milliseconds; no limit by default. */
  readonly timeout?: number | null | undefined;
}

const KEYS = ['buffering', 'encoding', 'errors', 'newline', 'timeout'];

/** Creates a file over `socket`. */
export function makefile(
  socket: SharedSocket,
  modeName: string,
  options: TextFileOptions,
): BinaryFile | TextFile {
  const mode = parseMode(modeName);
  checkOptionKeys(options, KEYS);
  const { buffering: size, encoding, errors, newline, timeout } = options;
  const buffering = parseBuffering(size, mode.isBinary);
  const limit = timeout === undefined ? undefined : checkTimeout(timeout, 'options.timeout');
  const opening: Opening = { socket, mode, buffering, timeout: limit };
  if (!mode.isBinary) {
    return new TextFile(opening, {
      encoding: encoding ?? 'utf-8',
      errors: errors ?? 'strict',
      newline: checkNewline(newline === undefined ? null : newline),
    });
  }
  for (const [name, value] of Object.entries({ encoding, errors, newline })) {
    if (value !== undefined)
      throw invalidValue(`options.${name}`, 'is only valid for text files; the mode is binary', value);
  }
  return buffering.size === 0 ? new RawFile(opening) : new BinaryFile(opening);
}
