/** Async iterators over accepted connections, datagrams and queued errors. */
import { performance } from 'node:perf_hooks';
import type { AddressOf, FamilyName } from '../address/address.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkSignal, checkTimeout, invalidValue } from '../errors/argument.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import { onAbort } from '../reactor/on-abort.js';
import type { Operation } from '../reactor/operation.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import { checkOptionKeys, type WaitOptions } from '../reactor/wait-options.js';
import { isExhausted, isLostConnection } from './accept-errors.js';
import { PROMISE } from './call.js';
import type { Core } from './core.js';
import { DONE, OperationIterator } from './operation-iterator.js';
import { receiveFrom } from './receive.js';
import { run } from './run.js';

/** The options of `datagrams()`. */
export interface DatagramsOptions extends WaitOptions {
  /** The maximum number of bytes per datagram; 65,536 by default. */
  readonly size?: number | undefined;
  /** Ends the loop without an error: an `AbortSignal`, or a time of `performance.now()` in milliseconds. */
  readonly until?: AbortSignal | number | undefined;
}

/** The families in which a received datagram and an accepted connection always have an address. */
export type NamedFamily = 'inet' | 'inet6' | 'netlink' | 'packet' | 'vsock' | 'can';

/** The address of a peer. It is never `null` in the families whose peers always have an address. */
export type PeerOf<F extends FamilyName> = F extends NamedFamily ? AddressOf<F> : AddressOf<F> | null;

/** A datagram that `datagrams()` received. */
export interface Datagram<F extends FamilyName> {
  /** The data. */
  readonly data: Buffer;
  /** The address of the sender. */
  readonly address: PeerOf<F>;
}

/** The properties of a socket that the iterators use. */
export interface Source {
  readonly closed: boolean;
  readonly type: number;
}

/** The default size of a datagram. */
const SIZE = 65536;
/** The pause of `connections()` in milliseconds when the process has no free file descriptors. */
export const EXHAUSTED_PAUSE = 100;

/** The behavior of an iterator. Each step is one call on the socket. */
export interface Steps<T> {
  take(): Promise<T>;
  /** Returns whether a value marks the end of the stream. */
  isEnd?(value: T): boolean;
  /** Returns whether an error ends the loop without failing. */
  isOver?(error: unknown): boolean;
  /**
   * After an error, returns a promise to wait for before the next attempt, or `undefined` if another attempt would
   * fail too.
   */
  retry?(error: unknown): Promise<void> | undefined;
}

/**
 * Iterates until a step ends the loop, or until this process closes the socket.
 *
 * Each step makes one `then` call: an async function would create one more promise and take two more turns of the
 * microtask queue per value.
 */
export class SocketIterator<T> implements AsyncIterableIterator<T> {
  #over = false;

  constructor(
    private readonly socket: Pick<Source, 'closed'>,
    private readonly steps: Steps<T>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#over || this.socket.closed) return Promise.resolve(DONE);
    try {
      return this.steps.take().then(this.#give, this.#fail);
    } catch (error) {
      return this.#fail(error); // next() of an asynchronous iterator rejects and never throws
    }
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
    if (this.steps.isOver?.(error)) {
      this.#over = true;
      return DONE;
    }
    try {
      const pause = this.steps.retry?.(error);
      if (pause === undefined) throw error;
      await pause;
    } catch (final) {
      this.#over = true;
      // Closing the socket is the regular way to end the loop, so it is not an error.
      if (this.socket.closed && final instanceof SocketError && final.code === 'EBADF') return DONE;
      throw final;
    }
    return this.next();
  };
}

/** Waits. The timer keeps the process alive only if the socket does. Rejects when the signal is aborted. */
export function pause(milliseconds: number, isRef: boolean, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      forget();
      resolve();
    }, milliseconds);
    if (!isRef) timer.unref();
    const forget = onAbort(signal, reason => {
      clearTimeout(timer);
      reject(reason);
    });
  });
}

/** Iterates over accepted connections. `isRef` returns whether waiting keeps the process alive. */
export function connections<A>(
  socket: Source,
  options: WaitOptions | undefined,
  isRef: () => boolean,
  accept: (options: WaitOptions | undefined) => Promise<A>,
): AsyncIterableIterator<A> {
  const wait = checkIteration(options, []);
  let warned = false;
  let deadline: WaitDeadline | undefined; // of the connection that the loop waits for, for all attempts
  return new SocketIterator(socket, {
    take() {
      if (wait?.timeout === undefined || wait.timeout === null) return accept(wait);
      deadline ??= new WaitDeadline('accept', wait);
      return accept(deadline.rest).then(accepted => {
        deadline = undefined;
        return accepted;
      });
    },
    retry(error) {
      if (deadline !== undefined && error instanceof TimeoutError && error.timeout !== undefined)
        throw deadline.error();
      if (isLostConnection(error)) {
        // If every connection is lost, the next attempt can fail before its deadline is looked at.
        deadline?.check();
        return Promise.resolve();
      }
      if (!isExhausted(error) || deadline?.isImmediate) return undefined;
      deadline?.check();
      if (!warned)
        process.emitWarning(
          `accept ${(error as SocketError).code}: connections wait until resources are free`,
          'ResourceWarning',
        );
      warned = true;
      return pause(Math.min(EXHAUSTED_PAUSE, deadline?.left ?? EXHAUSTED_PAUSE), isRef(), wait?.signal);
    },
  });
}

/** Iterates over received datagrams. */
export function datagrams<F extends FamilyName>(
  socket: Source,
  core: Core<F>,
  options: DatagramsOptions | undefined,
): AsyncIterableIterator<Datagram<F>> {
  if (core.type === SOCK_STREAM)
    throw invalidValue('socket', 'must not be of type SOCK_STREAM for datagrams()', 'SOCK_STREAM');
  const wait = checkIteration(options, ['size', 'until']);
  const { size = SIZE, until } = options ?? {};
  checkInteger(size, 'options.size', 0, 0x7fffffff);
  if (until === undefined) {
    return new OperationIterator<Datagram<F>>(core, {
      create: source => receiveFrom<F>(source, PROMISE, size, wait) as Operation<Datagram<F>>,
    });
  }
  const receive = (each: WaitOptions) => run(core, receiveFrom<F>, size, each, 2) as Promise<Datagram<F>>;
  return new SocketIterator(socket, limitedTo(until, wait, receive));
}

/** The reason with which a loop ends without an error. */
class Ended extends Error {}

/** Creates the steps of a loop that ends at a time, or when a signal is aborted. */
function limitedTo<T>(
  until: AbortSignal | number,
  wait: WaitOptions | undefined,
  receive: (options: WaitOptions) => Promise<T>,
): Steps<T> {
  const ended = new Ended('the loop has ended');
  const signal = typeof until === 'number' ? undefined : checkSignal(until, 'options.until');
  const deadline = typeof until === 'number' ? checkTimeout(until, 'options.until') : null;
  return {
    take: () =>
      untilAborted(signal, wait?.signal, ended, merged => {
        const left = deadline === null ? Number.POSITIVE_INFINITY : deadline - performance.now();
        if (left <= 0) return Promise.reject(ended);
        const limit = wait?.timeout ?? Number.POSITIVE_INFINITY;
        const timeout = Math.min(left, limit);
        const received = receive({
          signal: merged,
          timeout: timeout === Number.POSITIVE_INFINITY ? null : timeout,
        });
        return left > limit
          ? received
          : received.catch(error => {
              throw error instanceof TimeoutError && error.timeout !== undefined ? ended : error;
            });
      }),
    isOver: error => error === ended,
  };
}

/** Runs a call that two signals can abort: the first ends the loop, the second rejects with its reason. */
async function untilAborted<T>(
  end: AbortSignal | undefined,
  abort: AbortSignal | undefined,
  ended: unknown,
  call: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (end === undefined) return call(abort);
  if (end.aborted) throw ended;
  const either = new AbortController();
  const forgetEnd = onAbort(end, () => either.abort(ended));
  const forgetAbort = onAbort(abort, reason => either.abort(reason));
  try {
    return await call(either.signal);
  } finally {
    forgetEnd();
    forgetAbort();
  }
}

/** Iterates over the items of the error queue. */
export function errors<E>(
  socket: Source,
  options: WaitOptions | undefined,
  recvError: (options: WaitOptions | undefined) => Promise<E>,
): AsyncIterableIterator<E> {
  const wait = checkIteration(options, []);
  return new SocketIterator(socket, { take: () => recvError(wait) });
}

/** Checks the options of a loop once, and returns the options of each call. */
export function checkIteration(
  options: WaitOptions | undefined,
  more: readonly string[],
): WaitOptions | undefined {
  if (options === undefined) return undefined;
  checkOptionKeys(options, [...more, 'timeout', 'signal']);
  const { signal, timeout } = options;
  return {
    signal: checkSignal(signal, 'options.signal'),
    timeout: timeout === undefined ? null : checkTimeout(timeout, 'options.timeout'),
  };
}
