import { performance } from 'node:perf_hooks';
import { binding } from '../binding.js';
import { checkBoolean, checkInteger, checkTimeout } from '../errors/argument.js';
import { EAGAIN } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { POLLIN } from '../reactor/events.js';
import {
  checkOptionKeys,
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { waitBlocking } from './blocking-wait.js';
import { ANY_EVENT } from './events.js';
import { Interests, type Ready } from './interests.js';
import { MAX_EVENTS, PollerOperation } from './poller.js';
import type { Selectable } from './target.js';
import { mayAnswer, nextTurn } from './turn.js';

/** How a target is watched. */
export interface InterestOptions {
  /**
   * Edge-triggered: an event is reported once when it occurs, not for as long as it holds. Read or write until `EAGAIN`
   * then (epoll(7), EPOLLET). False by default.
   */
  readonly edge?: boolean | undefined;
}

/** The options of {@link Selector.wait}. */
export interface SelectorWait extends WaitOptions {
  /** The largest number of targets to return: 1 to 1,024, which is the default. */
  readonly max?: number | undefined;
}

/** The options of {@link Selector.waitSync}. */
export interface SyncSelectorWait extends SyncWaitOptions {
  /** The largest number of targets to return: 1 to 1,024, which is the default. */
  readonly max?: number | undefined;
}

/** The arguments after the events. Data can only be left out if its type includes `undefined`. */
type Rest<D> = undefined extends D
  ? [data?: D, options?: InterestOptions]
  : [data: D, options?: InterestOptions];

/** Closes the poller of a selector that was not closed. */
const collectedSelectors = new FinalizationRegistry<Interests<unknown>>(interests => {
  interests.close();
  process.emitWarning('A Selector was not closed before it was garbage collected', 'ResourceWarning');
});

/**
 * Watches many descriptors with epoll(7). The cost of a wait depends on how many are ready, not on how many are
 * registered. Level-triggered unless `edge` is set: a target is reported for as long as it is ready.
 *
 * ```ts
 * using selector = new Selector<Client>();
 * selector.register(socket, POLLIN, client);
 * for (const { data: client, events } of await selector.wait({ timeout: 1000 })) client.serve(events);
 * ```
 *
 * A `Socket` that is closed is reported once with `POLLNVAL` and is no longer registered. A plain descriptor should be
 * unregistered before it is closed: the kernel removes it silently, unless it was duplicated (epoll(7), question 6).
 * Files, which epoll refuses, are always ready, as for select(2).
 *
 * @see epoll(7)
 */
export class Selector<D = undefined> {
  readonly #interests = new Interests<D>();

  /**
   * Opens an epoll instance.
   *
   * @throws SocketError `EMFILE`, `ENFILE` or `ENOMEM`
   */
  constructor() {
    collectedSelectors.register(this, this.#interests as Interests<unknown>, this);
  }

  /** The descriptor, which is readable when a target is ready, so that selectors can be nested. -1 once closed. */
  get fd(): number {
    return this.#interests.poller.fd;
  }

  /** Whether the selector is closed. */
  get closed(): boolean {
    return this.fd < 0;
  }

  /** The number of registered targets. */
  get size(): number {
    return this.#interests.size;
  }

  /** Returns whether a target is registered. */
  has(target: Selectable): boolean {
    return this.#interests.has(target);
  }

  /**
   * Registers a target.
   *
   * @param target a descriptor, or an object with one in its `fd`
   * @param events `POLLIN`, `POLLOUT`, `POLLPRI`, `POLLRDHUP`, or-ed. `POLLERR` and `POLLHUP` are always reported.
   * @param data any value, which is returned with the events
   * @param options `edge`
   * @throws SocketError `EEXIST` if the target or its descriptor is already registered; `EBADF` if the target or the
   *   selector is closed; `ELOOP` if selectors watch each other in a circle; `ENOSPC`
   *   (/proc/sys/fs/epoll/max_user_watches)
   * @throws TypeError or RangeError naming the argument
   * @see epoll_ctl(2)
   */
  register(target: Selectable, events: number, ...[data, options]: Rest<D>): void {
    const edge = checkEdge(options) ?? false;
    this.#interests.add(target, checkInteger(events, 'events', 0, ANY_EVENT), data as D, edge);
  }

  /**
   * Changes the registration of a target. Data and options that are left out stay the same. Events that already hold are
   * reported again, also for an edge-triggered target.
   *
   * @param target the registered target
   * @param events as for {@link register}
   * @param data the new data
   * @param options `edge`
   * @throws SocketError `ENOENT` if the target is not registered; `EBADF` if it is closed
   * @throws TypeError or RangeError naming the argument
   */
  modify(target: Selectable, events: number, data?: D, options?: InterestOptions): void {
    const edge = checkEdge(options);
    this.#interests.change(target, checkInteger(events, 'events', 0, ANY_EVENT), data, edge);
  }

  /**
   * Removes a target. It can be closed already.
   *
   * @throws SocketError `ENOENT` if the target is not registered; a `Socket` that was closed is not
   * @throws TypeError or RangeError naming the argument
   */
  unregister(target: Selectable): void {
    this.#interests.remove(target);
  }

  /**
   * Waits until a target is ready, without blocking the thread. Targets can be registered and unregistered meanwhile.
   *
   * @param options `timeout` in milliseconds, 0 to poll without waiting, no limit by default; `signal`; `max`. A number or
   *   `null` is the timeout.
   * @returns at least one target that is ready; none when the time has passed. Targets beyond `max` come next time.
   * @throws SocketError `EBADF` if the selector is closed, now or while the call waits
   * @throws TypeError or RangeError naming the option
   * @see epoll_wait(2)
   */
  async wait(options?: number | null | SelectorWait): Promise<Ready<D>[]> {
    const isTimeout = typeof options === 'number' || options === null;
    const wait = isTimeout
      ? { timeout: checkTimeout(options, 'timeout') }
      : checkWaitOptions(options, WAIT_KEYS);
    const max = isTimeout ? MAX_EVENTS : checkMax(options?.max);
    const operation = new WaitForEvents(this, this.#interests, max, wait);
    if (this.closed) throw operation.closed(false);
    if (wait.timeout === 0) return pollTwice(operation, wait.signal);
    return this.#interests.poller.run(operation);
  }

  /**
   * Waits until a target is ready. Blocks the thread.
   *
   * @param options `timeout` and `max`. A number or `null` is the timeout.
   * @see {@link wait}
   */
  waitSync(options?: number | null | SyncSelectorWait): Ready<D>[] {
    const isTimeout = typeof options === 'number' || options === null;
    const timeout = isTimeout ? checkTimeout(options, 'timeout') : checkSyncWaitOptions(options, WAIT_KEYS);
    const max = isTimeout ? MAX_EVENTS : checkMax(options?.max);
    const operation = new WaitForEvents(this, this.#interests, max, {});
    if (this.closed) throw operation.closed(false);
    const end = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const result = operation.attempt();
      if (result >= 0) return operation.finish();
      if (result !== EAGAIN) throw operation.fail(result);
      const left = end - performance.now();
      if (left <= 0) return [];
      this.#block(left === Number.POSITIVE_INFINITY ? -1 : left);
    }
  }

  #block(milliseconds: number): void {
    const { fd } = this;
    waitBlocking(slice => checked(binding.wait(fd, POLLIN, slice), 'poll'), milliseconds);
  }

  /** Lets waiting promises keep the process alive, which is the default. */
  ref(): this {
    this.#interests.poller.isRef = true;
    return this;
  }

  /** Lets the process exit while promises wait for this selector. */
  unref(): this {
    this.#interests.poller.isRef = false;
    return this;
  }

  /** Closes the selector, not its targets. Calls that wait are rejected with `EBADF`. Closing twice does nothing. */
  close(): void {
    collectedSelectors.unregister(this);
    this.#interests.close();
  }

  /** Closes the selector at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }
}

const WAIT_KEYS: readonly string[] = ['max'];
const INTEREST_KEYS: readonly string[] = ['edge'];

function checkMax(max: unknown): number {
  return max === undefined ? MAX_EVENTS : checkInteger(max, 'options.max', 1, MAX_EVENTS);
}

function checkEdge(options: InterestOptions | undefined): boolean | undefined {
  if (options === undefined) return undefined;
  checkOptionKeys(options, INTEREST_KEYS);
  const { edge } = options;
  return edge === undefined ? undefined : checkBoolean(edge, 'options.edge');
}

/** Polls now and again in the next turn, so that a loop with a timeout of 0 lets events arrive. */
async function pollTwice<D>(
  operation: WaitForEvents<D>,
  signal: AbortSignal | undefined,
): Promise<Ready<D>[]> {
  signal?.throwIfAborted();
  if (!mayAnswer()) await nextTurn();
  for (const isLast of [false, true]) {
    const result = operation.attempt();
    if (result >= 0) return operation.finish();
    if (result !== EAGAIN) throw operation.fail(result);
    if (!isLast) await nextTurn();
  }
  return [];
}

/** epoll_wait(2). It refers to the selector, so that the selector is not garbage collected while a call waits. */
class WaitForEvents<D> extends PollerOperation<Ready<D>[]> {
  #ready: Ready<D>[] = [];

  constructor(
    readonly selector: Selector<D>,
    private readonly interests: Interests<D>,
    private readonly max: number,
    wait: WaitOptions,
  ) {
    super(wait);
  }

  attempt(): number {
    const ready = this.interests.take(this.max);
    if (typeof ready === 'number') return ready;
    this.#ready = ready;
    return ready.length;
  }

  finish(): Ready<D>[] {
    return this.#ready;
  }

  protected nothing(): Ready<D>[] {
    return [];
  }
}
