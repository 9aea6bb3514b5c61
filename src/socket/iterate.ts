/** The async iterators: accepting, receiving, reading, each for as long as the loop goes on. */
import type { AddressOf, FamilyName } from '../address/address.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkSignal, checkTimeout, invalidValue } from '../errors/argument.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import { checkOptionKeys, type WaitOptions } from '../reactor/wait-options.js';

/** How much an iterator receives at a time, and how long it can wait for it. */
export interface ChunkOptions extends WaitOptions {
  /** The most bytes in one piece; 65,536 by default. */
  readonly size?: number | undefined;
}

/** How `datagrams()` receives. */
export interface DatagramsOptions extends ChunkOptions {
  /**
   * Ends the loop, without an error: when the signal is aborted, or at a moment of `performance.now()` (milliseconds).
   */
  readonly until?: AbortSignal | number | undefined;
}

/** The families in which a received datagram, or an accepted connection, always has an address. */
export type NamedFamily = 'inet' | 'inet6' | 'netlink' | 'packet' | 'vsock' | 'can';

/** The address of a peer that the kernel names: never `null` in the families where it always does. */
export type PeerOf<F extends FamilyName> = F extends NamedFamily ? AddressOf<F> : AddressOf<F> | null;

/** A datagram that `datagrams()` received. */
export interface Datagram<F extends FamilyName> {
  /** The bytes. */
  readonly data: Buffer;
  /** The sender. */
  readonly address: PeerOf<F>;
}

/** What the iterators need of a socket. */
export interface Source {
  readonly closed: boolean;
  readonly type: number;
}

const CHUNK = 65536;
/** How long `connections()` waits when the process is out of descriptors, in milliseconds. */
const EXHAUSTED_PAUSE = 100;

/** Errors of accept(2) that concern one connection, which is gone: "Error handling" in the man page. */
const lostConnection = new Set([
  'ECONNABORTED',
  'EPROTO',
  'ENETDOWN',
  'ENOPROTOOPT',
  'EHOSTDOWN',
  'ENONET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPERM', // a firewall rule forbids it
]);
/** Errors that pass when others release something. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/** What an iterator goes through: one step is one call on the socket. */
export interface Steps<T> {
  take(): Promise<T>;
  /** Whether a value is the end of the stream and not part of it. */
  isEnd?(value: T): boolean;
  /** Whether an error ends the loop without failing. */
  isOver?(error: unknown): boolean;
  /** After an error: what to wait for before the next try, or `undefined` where a try would not help. */
  retry?(error: unknown): Promise<void> | undefined;
}

/**
 * Iterates until the last step, or until the socket is closed from this side.
 *
 * One `then` per step: an async function would cost a promise and two turns of the microtask queue more per value.
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
      // Closing the socket is how a program ends such a loop; that is no failure.
      if (this.socket.closed && final instanceof SocketError && final.code === 'EBADF') return DONE;
      throw final;
    }
    return this.next();
  };
}

/** Waits, keeping the process alive only if the socket does; rejects when the signal is aborted. */
function pause(milliseconds: number, isRef: boolean, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    if (!isRef) timer.unref();
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Iterates over accepted connections. `isRef` says whether waiting keeps the process alive. */
export function connections<A>(
  socket: Source,
  options: WaitOptions | undefined,
  isRef: () => boolean,
  accept: (options: WaitOptions | undefined) => Promise<A>,
): AsyncIterableIterator<A> {
  const wait = checkIteration(options, []);
  let warned = false;
  return new SocketIterator(socket, {
    take: () => accept(wait),
    retry(error) {
      const code = error instanceof SocketError ? error.code : '';
      if (lostConnection.has(code)) return Promise.resolve();
      if (!exhausted.has(code)) return undefined;
      if (!warned)
        process.emitWarning(`accept ${code}: connections wait until resources are free`, 'ResourceWarning');
      warned = true;
      return pause(EXHAUSTED_PAUSE, isRef(), wait?.signal);
    },
  });
}

/** Iterates over what a stream delivers. */
export function chunks(
  socket: Source,
  options: ChunkOptions | undefined,
  recv: (size: number, options: WaitOptions | undefined) => Promise<Buffer>,
): AsyncIterableIterator<Buffer> {
  const wait = checkIteration(options, ['size']);
  const size = checkInteger(options?.size ?? CHUNK, 'options.size', 1, 0x7fffffff);
  return new SocketIterator(socket, {
    take: () => recv(size, wait),
    isEnd: chunk => chunk.length === 0,
  });
}

/** Iterates over received datagrams. */
export function datagrams<F extends FamilyName>(
  socket: Source,
  options: DatagramsOptions | undefined,
  recvfrom: (size: number, options: WaitOptions | undefined) => Promise<Datagram<F>>,
): AsyncIterableIterator<Datagram<F>> {
  if (socket.type === SOCK_STREAM)
    throw invalidValue('socket', 'must not be of type SOCK_STREAM for datagrams()', 'SOCK_STREAM');
  const wait = checkIteration(options, ['size', 'until']);
  const size = checkInteger(options?.size ?? CHUNK, 'options.size', 0, 0x7fffffff);
  const until = options?.until;
  if (until === undefined) return new SocketIterator(socket, { take: () => recvfrom(size, wait) });
  return new SocketIterator(
    socket,
    limitedTo(until, wait, waiting => recvfrom(size, waiting)),
  );
}

/** The end of a loop without an error. */
class Ended extends Error {}

/** Makes the steps of a loop that ends at a moment, or when a signal is aborted. */
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
  const onEnd = () => either.abort(ended);
  const onAbort = () => either.abort(abort!.reason);
  end.addEventListener('abort', onEnd);
  abort?.addEventListener('abort', onAbort);
  try {
    if (abort?.aborted) onAbort();
    return await call(either.signal);
  } finally {
    end.removeEventListener('abort', onEnd);
    abort?.removeEventListener('abort', onAbort);
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

/** Checks the options of a loop once, and returns those of each of its calls. */
function checkIteration(options: WaitOptions | undefined, more: readonly string[]): WaitOptions | undefined {
  if (options === undefined) return undefined;
  checkOptionKeys(options, [...more, 'timeout', 'signal']);
  const { signal, timeout } = options;
  return {
    signal: checkSignal(signal, 'options.signal'),
    timeout: timeout === undefined ? null : checkTimeout(timeout, 'options.timeout'),
  };
}
