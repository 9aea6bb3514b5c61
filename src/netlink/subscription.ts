import { SOL_NETLINK } from '../constants/socket.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import { NETLINK_ADD_MEMBERSHIP } from '../families/netlink/constants.js';
import { onAbort } from '../reactor/on-abort.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { Socket } from '../socket/socket.js';
import { openNetlinkSocket } from './open.js';

/** Larger than any message of the kernel. */
const LARGEST = 65536;

/**
 * The notifications of netlink multicast groups, as an async iterator that owns a socket. The socket is closed when the
 * loop ends, when `return()` is called, when the signal is aborted and when `next()` fails.
 */
export interface Subscription<T> extends AsyncIterableIterator<T> {
  /** Returns the next notification. Calls that wait are done once the subscription ends. */
  next(): Promise<IteratorResult<T, void>>;
  /** Ends the subscription and closes the socket. */
  return(): Promise<IteratorResult<T, void>>;
  /** Ends the subscription at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a subscription listens to. */
export interface SubscriptionSource<T> {
  /** The netlink protocol. */
  readonly protocol: number;
  /** The numbers of the multicast groups. */
  readonly groups: readonly number[];
  /** The notification for messages that the kernel dropped because the receive buffer was full: ENOBUFS, netlink(7). */
  readonly lost: T;
  /** Reads the notifications in one datagram of the kernel. */
  parse(data: Buffer): T[];
}

/**
 * Joins multicast groups. Notifications are collected from this call on.
 *
 * @param wait checked wait options: a signal that ends the subscription, and the limit for each notification
 */
export function subscribe<T>(source: SubscriptionSource<T>, wait: WaitOptions): Subscription<T> {
  return new GroupSubscription(source, wait);
}

class GroupSubscription<T> implements Subscription<T> {
  readonly #source: SubscriptionSource<T>;
  readonly #wait: WaitOptions;
  readonly #socket: Socket<'netlink'>;
  /** Stops to listen to the signal. */
  #forget = (): void => {};
  #received: T[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** Whether the reason of the abort is still to be thrown. */
  #isAborted = false;

  constructor(source: SubscriptionSource<T>, wait: WaitOptions) {
    this.#source = source;
    this.#wait = wait;
    const { socket } = openNetlinkSocket(source.protocol, opened => {
      for (const group of source.groups) opened.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
    });
    this.#socket = socket;
    this.#forget = onAbort(wait.signal, () => {
      this.#isAborted = true;
      this.#end();
    });
  }

  #end(): void {
    this.#forget();
    this.#received = [];
    this.#socket.close();
  }

  next(): Promise<IteratorResult<T, void>> {
    const next = this.#last.then(() => this.#advance());
    this.#last = next.catch(() => {});
    return next;
  }

  async return(): Promise<IteratorResult<T, void>> {
    this.#isAborted = false;
    this.#end();
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #advance(): Promise<IteratorResult<T, void>> {
    const deadline = new WaitDeadline('recvfrom', { timeout: this.#wait.timeout });
    while (this.#received.length === 0 && !this.#socket.closed) {
      const received = await this.#receive(deadline);
      if (!this.#socket.closed) this.#received.push(...received);
    }
    if (this.#isAborted) {
      this.#isAborted = false;
      throw this.#wait.signal?.reason;
    }
    if (this.#received.length === 0) return { done: true, value: undefined };
    return { done: false, value: this.#received.shift()! };
  }

  async #receive(deadline: WaitDeadline): Promise<T[]> {
    try {
      const { data, address } = await this.#socket.recvfrom(LARGEST, deadline.rest);
      return address?.pid === 0 ? this.#source.parse(data) : []; // not from another process
    } catch (error) {
      if (error instanceof SocketError && error.code === 'ENOBUFS') return [this.#source.lost];
      if (this.#socket.closed) return [];
      this.#end();
      throw error instanceof TimeoutError ? deadline.error() : error;
    }
  }
}
