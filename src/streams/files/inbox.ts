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
  /** Takes to the end of the first line or of all there is, and at most `limit`. */
  takeLine(limit: number): Out;
}

const NEWLINE = 10;

/** Bytes, in the pieces in which they came. */
export class ByteInbox implements Inbox<Buffer> {
  readonly failure = undefined;
  #pieces: Buffer[] = [];
  #length = 0;
  /** How many pieces from the first are known to have no newline. */
  #searched = 0;

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
    let used = 0;
    for (; left > 0; used++) {
      const piece = this.#pieces[used]!;
      taken.push(piece.subarray(0, left));
      if (piece.length > left) break;
      left -= piece.length;
    }
    if (left > 0) this.#pieces[used] = this.#pieces[used]!.subarray(left);
    this.#pieces.splice(0, used);
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken);
  }

  takeLine(limit: number): Buffer {
    const length = this.#lineLength();
    return this.take(Math.min(length < 0 ? this.#length : length, limit));
  }

  /** How long the first line is, its newline included; -1 if its end has not come. */
  #lineLength(): number {
    let before = 0;
    for (const [i, piece] of this.#pieces.entries()) {
      const at = i < this.#searched ? -1 : piece.indexOf(NEWLINE);
      if (at >= 0) return before + at + 1;
      before += piece.length;
      this.#searched = Math.max(this.#searched, i + 1);
    }
    return -1;
  }
}
