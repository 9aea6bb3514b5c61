/** The count and rate of a capture into a file, on a terminal. */
import process from 'node:process';

/** Prints a line every second that replaces the one before. */
export class Progress implements Disposable {
  count = 0;
  #last = 0;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(private readonly what: string) {
    if (process.stderr.isTTY) this.#timer = setInterval(() => this.#print(), 1000).unref();
  }

  #print(): void {
    process.stderr.write(`\r${this.count} ${this.what}, ${this.count - this.#last} per second\x1b[K`);
    this.#last = this.count;
  }

  [Symbol.dispose](): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    process.stderr.write('\r\x1b[K');
  }
}
