/** One run of `serveForever()`: how it is stopped, and with which error. */
export class ServeLoop {
  readonly #stop = new AbortController();
  readonly #stopped = new Error('the loop was stopped');
  #failure: { readonly error: unknown } | undefined;
  #end: () => void = () => {};
  /** Settles when the loop has ended. It is never rejected. */
  readonly ended: Promise<void>;

  constructor() {
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  /** Ends the loop without an error. */
  stop(): void {
    this.#stop.abort(this.#stopped);
  }

  /** Ends the loop with an error. Returns `false` if it was already told to end: the first error counts. */
  fail(error: unknown): boolean {
    if (this.#stop.signal.aborted) return false;
    this.#failure = { error };
    this.stop();
    return true;
  }

  /** Repeats a turn until the loop is stopped. */
  async run(turn: (stop: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await turn(signal);
      } catch (error) {
        if (error !== this.#stopped) this.fail(error);
      }
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Reports that the loop has ended. */
  end(): void {
    this.#end();
  }
}
