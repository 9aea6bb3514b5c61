import type { Decoder } from './encoding.js';
import type { Inbox } from './inbox.js';
import { lineEnd, type Newline, translateIn } from './newlines.js';

/** Returns the number of characters (code points) of a text. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    // A surrogate pair is one character.
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

/** Returns the length of the first `count` characters in UTF-16 units. */
function unitsOf(text: string, count: number): number {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left--) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** Text, in the pieces in which it was decoded. Lengths are in characters. */
export class TextInbox implements Inbox<string> {
  failure: Error | undefined;
  readonly #decode: Decoder;
  readonly #translate: (text: string, last: boolean) => string;
  readonly #lineEnd: (text: string) => number;
  #pieces: string[] = [];
  #length = 0;
  /** The number of pieces, from the first, that have no line ending. */
  #searched = 0;

  constructor(decode: Decoder, newline: Newline) {
    this.#decode = decode;
    this.#translate = translateIn(newline);
    this.#lineEnd = lineEnd(newline);
  }

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    this.#add(chunk, false);
  }

  end(): void {
    if (this.failure === undefined) this.#add(Buffer.alloc(0), true);
  }

  hasLine(): boolean {
    while (this.#searched < this.#pieces.length) {
      if (this.#lineEnd(this.#pieces[this.#searched]!) >= 0) return true;
      this.#searched++;
    }
    return false;
  }

  take(size = Number.POSITIVE_INFINITY): string {
    const all = this.#pieces.join('');
    return this.#split(all, size < this.#length ? unitsOf(all, size) : all.length);
  }

  unread(): Uint8Array {
    return new Uint8Array(0);
  }

  takeLine(limit: number): string {
    const all = this.#pieces.join('');
    const end = this.#lineEnd(all);
    const longest = limit < this.#length ? unitsOf(all, limit) : all.length;
    return this.#split(all, end < 0 ? longest : Math.min(end, longest));
  }

  #split(all: string, units: number): string {
    const taken = all.slice(0, units);
    this.#length -= countCharacters(taken);
    this.#pieces = units < all.length ? [all.slice(units)] : [];
    this.#searched = 0;
    return taken;
  }

  #add(chunk: Buffer, last: boolean): void {
    const { text, failure } = this.#decode(chunk, last);
    this.failure = failure;
    const added = this.#translate(text, last || failure !== undefined);
    if (added === '') return;
    this.#length += countCharacters(added);
    // `\r\n` is never divided.
    const joined = added.startsWith('\n') && this.#pieces.at(-1)?.endsWith('\r');
    this.#pieces.push(joined ? this.#pieces.pop() + added : added);
    this.#searched = Math.min(this.#searched, this.#pieces.length - 1);
  }
}
