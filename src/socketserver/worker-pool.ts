import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Handover } from './kinds.js';
import type { ClientAddress, RequestServer } from './request.js';
import { errorOf, marked, messageOf, type ThreadMessage } from './worker-messages.js';

/** A request that a thread handles. */
interface Job {
  /** Frees the descriptor of this thread. It is called once, when the thread has its own. */
  onReceived(): void;
  resolve(): void;
  reject(error: Error): void;
}

function endedMessage(code: number, failure: unknown): string {
  const hint = failure === undefined ? ': does its module call handleRequests()?' : '';
  return `The thread of the request ended with exit code ${code}${hint}`;
}

/** A thread of a pool. */
class PoolThread {
  readonly #worker: Worker;
  readonly #jobs = new Map<number, Job>();
  readonly #server: RequestServer;
  #failure: unknown;
  #isTerminated = false;

  constructor(
    module: URL,
    options: WorkerOptions,
    server: RequestServer,
    onEnd: (thread: PoolThread) => void,
  ) {
    this.#server = server;
    this.#worker = new Worker(module, options);
    this.#worker.unref();
    this.#worker.on('message', message => this.#onMessage(messageOf<ThreadMessage>(message)));
    this.#worker.on('error', error => {
      this.#failure = error;
    });
    this.#worker.on('exit', code => {
      onEnd(this);
      this.#failAll(code);
    });
  }

  /** The number of requests that the thread handles. */
  get load(): number {
    return this.#jobs.size;
  }

  run(id: number, message: object, transfer: ArrayBuffer[], job: Job): void {
    this.#jobs.set(id, job);
    // An idle thread does not keep the process alive; the socket of the server does.
    this.#worker.ref();
    this.#worker.postMessage(message, transfer);
  }

  async terminate(): Promise<void> {
    this.#isTerminated = true;
    await this.#worker.terminate();
  }

  #onMessage(message: ThreadMessage | undefined): void {
    if (message === undefined) return;
    if (message.kind === 'shutdown') {
      const answer = (): void => this.#worker.postMessage(marked({ kind: 'stopped', id: message.id }));
      void this.#server.shutdown().then(answer);
      return;
    }
    const job = this.#jobs.get(message.id);
    if (job === undefined) return;
    if (message.kind === 'received') {
      job.onReceived();
      return;
    }
    this.#forget(message.id);
    if (message.kind === 'failed') job.reject(errorOf(message.error));
    else job.resolve();
  }

  #forget(id: number): void {
    this.#jobs.delete(id);
    if (this.#jobs.size === 0) this.#worker.unref();
  }

  #failAll(code: number): void {
    for (const [id, job] of Array.from(this.#jobs)) {
      this.#forget(id);
      const message = this.#isTerminated
        ? 'The server was closed during the request'
        : endedMessage(code, this.#failure);
      job.reject(new Error(message, { cause: this.#failure }));
    }
  }
}

/**
 * The threads of a server. A thread is started when a request arrives while all others are busy; a thread that ends is
 * replaced by the next request.
 */
export class WorkerPool {
  readonly #module: URL;
  readonly #size: number;
  readonly #options: WorkerOptions;
  readonly #server: RequestServer;
  #threads: PoolThread[] = [];
  #lastId = 0;

  constructor(module: URL, size: number, options: WorkerOptions, server: RequestServer) {
    this.#module = module;
    this.#size = size;
    this.#options = options;
    this.#server = server;
  }

  /**
   * Handles a request in a thread.
   *
   * @param onReceived frees the descriptor of this thread; it is not called if the thread ends before
   */
  run(handover: Handover, clientAddress: ClientAddress, onReceived: () => unknown): Promise<void> {
    const { socket, data } = handover;
    const { fd, family, type, protocol } = socket;
    const id = ++this.#lastId;
    const { serverAddress } = this.#server;
    const message = marked({
      ...{ kind: 'request', id, fd, family: family as number, type, protocol, data },
      ...{ clientAddress, serverAddress },
    });
    return new Promise((resolve, reject) => {
      const job = { onReceived: () => void onReceived(), resolve, reject };
      this.#choose().run(id, message, data === undefined ? [] : [data.buffer], job);
    });
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map(thread => thread.terminate()));
  }

  /** Returns the thread with the fewest requests; a new one if all have some. */
  #choose(): PoolThread {
    const [first, ...others] = this.#threads;
    const least = first && others.reduce((best, thread) => (thread.load < best.load ? thread : best), first);
    if (least?.load === 0 || (least && this.#threads.length >= this.#size)) return least;
    const onEnd = (thread: PoolThread): void => {
      this.#threads = this.#threads.filter(each => each !== thread);
    };
    const thread = new PoolThread(this.#module, this.#options, this.#server, onEnd);
    this.#threads.push(thread);
    return thread;
  }
}
