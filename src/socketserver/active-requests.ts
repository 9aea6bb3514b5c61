/** The requests that a server is handling. */
export class ActiveRequests<R> {
  readonly #requests = new Set<{ readonly request: R }>();
  readonly #limit: number;
  readonly #waiters = new Set<() => void>();

  /** @param limit the maximum number of requests at a time */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The number of requests. */
  get size(): number {
    return this.#requests.size;
  }

  /** Whether no other request can be started. */
  get isFull(): boolean {
    return this.#requests.size >= this.#limit;
  }

  /** Counts a request until its promise settles. Returns that promise. */
  async run(request: R, handle: () => Promise<void>): Promise<void> {
    const entry = { request };
    this.#requests.add(entry);
    try {
      await handle();
    } finally {
      this.#requests.delete(entry);
      for (const wake of Array.from(this.#waiters)) wake();
    }
  }

  /** Waits until a request ends, or the signal is aborted. */
  nextEnd(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.#waiters.delete(wake);
        resolve();
      };
      this.#waiters.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  /** Waits until all requests have ended, or the signal is aborted. Returns whether all have. */
  async drained(signal: AbortSignal): Promise<boolean> {
    while (this.size > 0 && !signal.aborted) await this.nextEnd(signal);
    return this.size === 0;
  }

  [Symbol.iterator](): IterableIterator<R> {
    return Array.from(this.#requests, ({ request }) => request).values();
  }
}
