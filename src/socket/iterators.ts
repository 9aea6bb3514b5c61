/** The async iterators: accepting, reading, receiving, each for as long as the loop goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FamilyName } from '../address/address.js';
import { checkObject } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import type { QueuedError } from '../message/error-queue.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { Received } from './operations/receive.js';
import type { Accepted, Socket } from './socket.js';

/** How much to take at a time, and how to wait for it. */
export interface ChunkOptions extends WaitOptions {
  /** The most bytes in one piece; 65,536 by default. */
  readonly size?: number | undefined;
}

const CHUNK = 65536;
const EMFILE_PAUSE = 100;

/** Errors of accept(2) that belong to the one connection, which is gone: "Error handling" in the man page. */
const lostConnection = new Set([
  ...[
    'ECONNABORTED',
    'EPROTO',
    'ENETDOWN',
    'ENOPROTOOPT',
    'EHOSTDOWN',
    'ENONET',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  'EPERM', // a firewall forbade it
]);
/** Errors that pass when others let go of something. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/** What an iterator goes through: one step is one call on the socket. */
interface Steps<T> {
  take(): Promise<T>;
  /** Whether this is no value but the end. */
  isEnd?(value: T): boolean;
  /** After an error: what to wait for before another try, or `undefined` where that would not help. */
  retry?(error: unknown): Promise<void> | undefined;
}

/**
 * Iterates until the last step, or until the socket is closed from this side.
 *
 * One `then` a step: an async function here would cost each value a promise more and two turns of the microtask queue.
 */
export class SocketIterator<T> implements AsyncIterableIterator<T> {
  #over = false;

  constructor(
    private readonly socket: { readonly closed: boolean },
    private readonly steps: Steps<T>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#over || this.socket.closed) return Promise.resolve(DONE);
    return this.steps.take().then(this.#give, this.#fail);
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#over = true;
    return DONE;
  }

  readonly #give = (value: T): IteratorResult<T, undefined> => {
    if (this.steps.isEnd?.(value) !== true) return { done: false, value };
    this.#over = true;
    return DONE;
  };

  readonly #fail = async (error: unknown): Promise<IteratorResult<T, undefined>> => {
    try {
      const pause = this.steps.retry?.(error);
      if (pause === undefined) throw error;
      await pause;
    } catch (final) {
      this.#over = true;
      // Closing the socket is how a program ends such a loop; that is no failure.
      if (this.socket.closed && final instanceof SocketError && final.code === 'EBADF') return DONE;
      throw final;
    }
    return this.next();
  };
}

export function connections<F extends FamilyName>(
  server: Socket<F>,
  wait: WaitOptions,
): AsyncIterableIterator<Accepted<F>> {
  let warned = false;
  return new SocketIterator(server, {
    take: () => server.accept(wait),
    retry(error) {
      const code = error instanceof SocketError ? error.code : '';
      if (lostConnection.has(code)) return Promise.resolve();
      if (!exhausted.has(code)) return undefined;
      if (!warned)
        process.emitWarning(`accept ${code}: connections wait until resources are free`, 'ResourceWarning');
      warned = true;
      return delay(EMFILE_PAUSE, undefined, wait.signal ? { signal: wait.signal } : {});
    },
  });
}

export function chunks<F extends FamilyName>(
  socket: Socket<F>,
  options: ChunkOptions = {},
): AsyncIterableIterator<Buffer> {
  const { size = CHUNK } = checkObject(options, 'options') as ChunkOptions;
  return new SocketIterator(socket, {
    take: () => socket.recv(size, 0, options),
    isEnd: chunk => chunk.length === 0,
  });
}

export function datagrams<F extends FamilyName>(
  socket: Socket<F>,
  options: ChunkOptions = {},
): AsyncIterableIterator<Received<F>> {
  const { size = CHUNK } = checkObject(options, 'options') as ChunkOptions;
  return new SocketIterator(socket, { take: () => socket.recvfrom(size, 0, options) });
}

export function errors<F extends FamilyName>(
  socket: Socket<F>,
  wait: WaitOptions = {},
): AsyncIterableIterator<QueuedError<F>> {
  return new SocketIterator(socket, { take: () => socket.recvError(wait) });
}
