import { invalidType } from '../../errors/argument.js';
import { decoderOf, type Encoder, type EncodingErrors, encoderOf, type TextEncoding } from './encoding.js';
import type { Opening } from './file-core.js';
import { type Newline, translateOut } from './newlines.js';
import { SocketFile } from './socket-file.js';
import { countCharacters, TextInbox } from './text-inbox.js';

/** The encoding and the line endings of a text file. */
export interface TextForm {
  readonly encoding: TextEncoding;
  readonly errors: EncodingErrors;
  readonly newline: Newline;
}

/** A text file over a socket. */
export class TextFile extends SocketFile<string, string> {
  /** The encoding of the text. */
  readonly encoding: TextEncoding;
  readonly #encode: Encoder;
  readonly #translate: (text: string) => string;

  /** @internal */
  constructor(opening: Opening, { encoding, errors, newline }: TextForm) {
    // These can throw, so they come before the file is opened.
    const encode = encoderOf(encoding, errors);
    super(opening, new TextInbox(decoderOf(encoding, errors), newline));
    this.encoding = encoding;
    this.#encode = encode;
    this.#translate = translateOut(newline);
  }

  /** @internal */
  protected encode(data: string, argument = 'data'): { bytes: Uint8Array; size: number; ends: boolean } {
    if (typeof data !== 'string') throw invalidType(argument, 'of type string', data);
    const bytes = this.#encode(this.#translate(data), argument);
    return { bytes, size: countCharacters(data), ends: /[\n\r]/.test(data) };
  }
}
