import type { WaitDeadline } from '../reactor/wait-deadline.js';

/** A request that waits for its turn. */
interface Waiting {
  start(): void;
  fail(error: unknown): void;
}

/**
 * Runs the requests of a connection one at a time, in the order of the calls. A request that waits for its turn can be
 * aborted and can time out: then it leaves the queue and is never sent.
 */
export class RequestQueue {
  readonly #waiting = new Set<Waiting>();
  #isBusy = false;

  /** Whether a request is in progress. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Runs `request` when its turn has come. */
  async run<T>(deadline: WaitDeadline, request: () => Promise<T>): Promise<T> {
    deadline.signal?.throwIfAborted();
    if (this.#isBusy) await this.#wait(deadline);
    else this.#isBusy = true;
    try {
      return await request();
    } finally {
      this.#next();
    }
  }

  /** Rejects every request that waits for its turn. */
  rejectWaiting(error: () => Error): void {
    for (const waiting of [...this.#waiting]) waiting.fail(error());
  }

  #wait(deadline: WaitDeadline): Promise<void> {
    if (deadline.isImmediate) throw deadline.error();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiting);
        unwatch();
      };
      const waiting: Waiting = {
        start: () => {
          leave();
          resolve();
        },
        fail: error => {
          leave();
          reject(error);
        },
      };
      const unwatch = deadline.watch(
        () => waiting.fail(deadline.error()),
        reason => waiting.fail(reason),
      );
      this.#waiting.add(waiting);
    });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) this.#isBusy = false;
    else first.start();
  }
}
