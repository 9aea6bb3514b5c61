/** The data that was received but not read. */
export interface Inbox<Out> {
  /** The amount of data that can be taken: bytes or characters. */
  readonly length: number;
  /** The error that follows the available data: the rest cannot be decoded. */
  readonly failure: Error | undefined;
  /** Adds received data. */
  push(chunk: Buffer): void;
  /** Marks the end of the stream: incomplete characters stay incomplete. */
  end(): void;
  /** Returns whether there is a complete line. */
  hasLine(): boolean;
  /** Takes at most `size` bytes or characters; all by default. */
  take(size?: number): Out;
  /** Takes the unread bytes; none if they were decoded. */
  unread(): Uint8Array;
  /** Takes the first line, or all data if there is no complete line; at most `limit` bytes or characters. */
  takeLine(limit: number): Out;
}

const NEWLINE = 10;

/** Bytes, in the pieces in which they arrived. */
export class ByteInbox implements Inbox<Buffer> {
  readonly failure = undefined;
  #pieces: Buffer[] = [];
  /** The number of bytes of the first piece that are already taken. */
  #start = 0;
  #length = 0;
  /** The number of pieces, from the first, that have no newline, and their bytes. */
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

  /** Returns the length of the first line with its newline; -1 if it is not complete. */
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
