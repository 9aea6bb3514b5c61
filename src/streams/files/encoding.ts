/** Encodes and decodes text, in the encodings that JavaScript supports in both directions. */
import { invalidValue, outOfRange } from '../../errors/argument.js';

/** The encoding of a text file. */
export type TextEncoding = 'utf-8' | 'utf8' | 'utf-16le' | 'utf16le' | 'latin1' | 'ascii';

/**
 * How to handle text that cannot be decoded or encoded: fail, or replace it (with U+FFFD when decoding, with `?` when
 * encoding).
 */
export type EncodingErrors = 'strict' | 'replace';

/** The text that could be decoded, and the reason for which decoding has stopped. */
export interface Decoded {
  readonly text: string;
  readonly failure?: Error;
}

/** Decodes the bytes of a stream piece by piece. An incomplete character waits for its remaining bytes. */
export type Decoder = (chunk: Buffer, last: boolean) => Decoded;
export type Encoder = (text: string, argument: string) => Buffer;

interface Codec {
  decoder(strict: boolean): Decoder;
  /** Matches characters that the encoding does not have. */
  readonly unencodable: RegExp;
  readonly name: BufferEncoding;
}

const NOTHING = Buffer.alloc(0);

const utf8: Codec = {
  name: 'utf8',
  decoder: strict => (strict ? strictly('utf-8') : leniently('utf-8')),
  unencodable: /\p{Surrogate}/gu,
};
const utf16le: Codec = {
  name: 'utf16le',
  decoder: strict => (strict ? strictly('utf-16le') : leniently('utf-16le')),
  unencodable: /\p{Surrogate}/gu,
};
const latin1: Codec = {
  name: 'latin1',
  decoder: () => chunk => ({ text: chunk.toString('latin1') }),
  unencodable: /[\u{100}-\u{10ffff}]/gu,
};
const ascii: Codec = {
  name: 'latin1',
  decoder: strict => chunk => decodeAscii(chunk, strict),
  unencodable: /[\u{80}-\u{10ffff}]/gu,
};

const codecs: Readonly<Record<TextEncoding, Codec>> = {
  'utf-8': utf8,
  utf8,
  'utf-16le': utf16le,
  utf16le,
  latin1,
  ascii,
};

function codecOf(encoding: TextEncoding): Codec {
  if (typeof encoding === 'string' && Object.hasOwn(codecs, encoding)) return codecs[encoding];
  throw invalidValue('options.encoding', `must be one of ${Object.keys(codecs).join(', ')}`, encoding);
}

function isStrict(errors: EncodingErrors): boolean {
  if (errors !== 'strict' && errors !== 'replace')
    throw outOfRange('options.errors', "'strict' or 'replace'", errors);
  return errors === 'strict';
}

export function decoderOf(encoding: TextEncoding, errors: EncodingErrors): Decoder {
  return codecOf(encoding).decoder(isStrict(errors));
}

export function encoderOf(encoding: TextEncoding, errors: EncodingErrors): Encoder {
  const { name, unencodable } = codecOf(encoding);
  const strict = isStrict(errors);
  return (text, argument) => {
    const at = text.search(unencodable);
    if (at < 0) return Buffer.from(text, name);
    if (strict)
      throw invalidValue(
        argument,
        `cannot be encoded in ${encoding}`,
        String.fromCodePoint(text.codePointAt(at)!),
      );
    return Buffer.from(text.replace(unencodable, '?'), name);
  };
}

/** Returns the error that Node’s TextDecoder throws. */
function undecodable(encoding: string): TypeError {
  const error = new TypeError(`The encoded data was not valid for encoding ${encoding}`);
  return Object.assign(error, { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
}

function decodeAscii(chunk: Buffer, strict: boolean): Decoded {
  const at = chunk.findIndex(byte => byte > 0x7f);
  if (at < 0) return { text: chunk.toString('latin1') };
  if (strict) return { text: chunk.toString('latin1', 0, at), failure: undecodable('ascii') };
  return { text: chunk.toString('latin1').replace(ascii.unencodable, '\ufffd') };
}

function leniently(encoding: 'utf-8' | 'utf-16le'): Decoder {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (chunk, last) => ({ text: decoder.decode(chunk, { stream: !last }) });
}

/**
 * Creates a decoder that fails at the first invalid character. All characters before it are still returned, however
 * the bytes were divided.
 */
function strictly(encoding: 'utf-8' | 'utf-16le'): Decoder {
  const options = { ignoreBOM: true, fatal: true };
  const decoder = new TextDecoder(encoding, options);
  let incomplete: Buffer = NOTHING; // what the decoder has taken and not given yet
  return (chunk, last) => {
    const bytes = Buffer.concat([incomplete, chunk]);
    try {
      const text = decoder.decode(chunk, { stream: !last });
      incomplete = bytes.subarray(Buffer.byteLength(text, encoding));
      return { text };
    } catch {
      const valid = bytes.subarray(
        0,
        longest(bytes.length, length => isValid(bytes.subarray(0, length))),
      );
      const text = new TextDecoder(encoding, options).decode(valid, { stream: true });
      return { text, failure: undecodable(encoding) };
    }
  };

  function isValid(start: Buffer): boolean {
    try {
      new TextDecoder(encoding, options).decode(start, { stream: true });
      return true;
    } catch {
      return false;
    }
  }
}

/** Returns the largest number up to `most` for which `holds` is true. It must be true for all smaller numbers. */
function longest(most: number, holds: (length: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
