import type { WaitDeadline } from '../reactor/wait-deadline.js';

/** Node's timers count in 31 bits and fire at once beyond that. 24 days are no limit. */
const LONGEST_TIMER = 2 ** 31 - 1;

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
    const { signal, left } = deadline;
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = () => {
        this.#waiting.delete(waiting);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
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
      const onAbort = () => waiting.fail(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      if (left !== undefined && left <= LONGEST_TIMER) {
        timer = setTimeout(() => waiting.fail(deadline.error()), Math.ceil(left));
        timer.unref(); // the request in progress keeps the process alive, unless the socket is unref'd
      }
      this.#waiting.add(waiting);
    });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) this.#isBusy = false;
    else first.start();
  }
}
