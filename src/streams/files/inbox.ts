/** What was received and not read yet. */
export interface Inbox<Out> {
  /** How much can be taken: bytes, or characters. */
  readonly length: number;
  /** Why nothing more can be taken once what is there has been: it cannot be decoded. */
  readonly failure: Error | undefined;
  /** Adds what was received. */
  push(chunk: Buffer): void;
  /** The stream has ended: what was held back as incomplete is all there is. */
  end(): void;
  /** Whether there is a whole line. */
  hasLine(): boolean;
  /** Takes at most `size`; all by default. */
  take(size?: number): Out;
  /** Takes the bytes that nobody has read; none where they were decoded. */
  unread(): Uint8Array;
  /** Takes to the end of the first line or of all there is, and at most `limit`. */
  takeLine(limit: number): Out;
}

const NEWLINE = 10;

/** Bytes, in the pieces in which they came. */
export class ByteInbox implements Inbox<Buffer> {
  readonly failure = undefined;
  #pieces: Buffer[] = [];
  /** How much of the first piece is taken already. */
  #start = 0;
  #length = 0;
  /** How many pieces from the first are known to have no newline, and the bytes in them. */
  #searched = 0;
  #searchedLength = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
  }

  end(): void {}

  hasLine(): boolean {
    return this.#lineLength() >= 0;
  }

  take(size: number = this.#length): Buffer {
    const taken: Buffer[] = [];
    let left = Math.min(size, this.#length);
    this.#length -= left;
    this.#searched = 0;
    this.#searchedLength = 0;
    while (left > 0) {
      const piece = this.#pieces[taken.length]!;
      const end = Math.min(piece.length, this.#start + left);
      taken.push(piece.subarray(this.#start, end));
      left -= end - this.#start;
      this.#start = end < piece.length ? end : 0;
    }
    this.#pieces.splice(0, this.#start > 0 ? taken.length - 1 : taken.length);
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken);
  }

  unread(): Uint8Array {
    return this.take();
  }

  takeLine(limit: number): Buffer {
    const length = this.#lineLength();
    return this.take(Math.min(length < 0 ? this.#length : length, limit));
  }

  /** How long the first line is, its newline included; -1 if its end has not come. */
  #lineLength(): number {
    for (; this.#searched < this.#pieces.length; this.#searched++) {
      const piece = this.#pieces[this.#searched]!;
      const start = this.#searched === 0 ? this.#start : 0;
      const at = piece.indexOf(NEWLINE, start);
      if (at >= 0) return this.#searchedLength + at - start + 1;
      this.#searchedLength += piece.length - start;
    }
    return -1;
  }
}
