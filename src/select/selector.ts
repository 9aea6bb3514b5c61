import { binding } from '../binding.js';
import { checkInteger, invalidType } from '../errors/argument.js';
import { EAGAIN, EBADF } from '../errors/codes.js';
import { checked, socketError } from '../errors/errors.js';
import { POLLIN } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkWait, promised } from '../socket/handle.js';
import { ANY_EVENT } from './events.js';
import { Interests, type Ready } from './interests.js';
import { MOST } from './poller.js';
import type { Selectable } from './target.js';
import { mayGive, nextTurn } from './turn.js';

/** How a target is watched. */
export interface InterestOptions {
  /**
   * Reports an event once, when it comes, and not for as long as it holds: read or write until `EAGAIN` then (epoll(7),
   * EPOLLET). False by default.
   */
  readonly edge?: boolean | undefined;
}

/** How to wait for what is ready. */
export interface SelectorWait extends WaitOptions {
  /** The most to be told at once: 1 to 1,024, which is the default. */
  readonly max?: number | undefined;
}

/** What stands after the events: data, which may be left out where it may be `undefined`. */
type Rest<D> = undefined extends D
  ? [data?: D, options?: InterestOptions]
  : [data: D, options?: InterestOptions];

/** Closes the poller of a selector that nobody closed. */
const lost = new FinalizationRegistry<Interests<unknown>>(interests => {
  interests.close();
  process.emitWarning('A Selector was not closed before it was garbage collected', 'ResourceWarning');
});

/**
 * Watches many descriptors for readiness, at a cost that depends on how many are ready and not on how many there are:
 * epoll(7). Level-triggered unless asked otherwise, so what is ready is reported for as long as it is.
 *
 * ```ts
 * using selector = new Selector<Client>();
 * selector.register(socket, POLLIN, client);
 * for (const { data: client, events } of await selector.wait({ timeout: 1000 })) client.serve(events);
 * ```
 *
 * A `Socket` that is closed is reported once with `POLLNVAL`, and is not registered any more. A plain descriptor should
 * be unregistered before it is closed: the kernel forgets it silently, unless it was duplicated (epoll(7), question 6).
 * Files, which epoll refuses, are always ready, as they are to select(2).
 *
 * @see epoll(7)
 */
export class Selector<D = undefined> {
  readonly #interests = new Interests<D>();

  /** @throws SocketError `EMFILE`, `ENFILE`, `ENOMEM`: a selector is a descriptor */
  constructor() {
    lost.register(this, this.#interests as Interests<unknown>, this);
  }

  /** The descriptor, which is readable when something is ready: selectors may be selected. -1 once closed. */
  get fd(): number {
    return this.#interests.poller.fd;
  }

  /** Whether the selector is closed. */
  get closed(): boolean {
    return this.fd < 0;
  }

  /** How many targets are registered. */
  get size(): number {
    return this.#interests.size;
  }

  /** Whether a target is registered. */
  has(target: Selectable): boolean {
    return this.#interests.has(target);
  }

  /**
   * Starts to watch a target.
   *
   * @param target a descriptor, or an object with one in its `fd`
   * @param events `POLLIN`, `POLLOUT`, `POLLPRI`, `POLLRDHUP`, or-ed; `POLLERR` and `POLLHUP` are reported always
   * @param data anything, to be told with the events
   * @param options `edge`
   * @throws SocketError `EEXIST` if the target or its descriptor is registered already, `EBADF` if it or the selector is
   *   closed, `ELOOP` if selectors watch each other in a circle, `ENOSPC` (/proc/sys/fs/epoll/max_user_watches)
   * @see epoll_ctl(2)
   */
  register(target: Selectable, events: number, ...[data, options]: Rest<D>): void {
    const { edge = false } = checkOptions(options);
    this.#interests.add(target, checkInteger(events, 'events', 0, ANY_EVENT), data as D, edge);
  }

  /**
   * Changes how a target is watched. Data and options that are left out stay as they were. What holds already is
   * reported anew, at its edge too.
   *
   * @throws SocketError `ENOENT` if the target is not registered
   */
  modify(target: Selectable, events: number, data?: D, options?: InterestOptions): void {
    const { edge } = checkOptions(options);
    this.#interests.change(target, checkInteger(events, 'events', 0, ANY_EVENT), data, edge);
  }

  /**
   * Watches a target no more. It may be closed by now.
   *
   * @throws SocketError `ENOENT` if the target is not registered, as a `Socket` that was closed is not
   */
  unregister(target: Selectable): void {
    this.#interests.remove(target);
  }

  /**
   * Waits until something is ready, without blocking the thread. Targets may be registered and unregistered meanwhile.
   *
   * @param options `timeout` in milliseconds, 0 to look and not wait, no limit by default; `signal`; `max`
   * @returns what is ready, at least one, unless the time is over: then none. What is beyond `max` comes next time.
   * @throws SocketError `EBADF` if the selector is closed, now or meanwhile
   * @see epoll_wait(2)
   */
  wait(options: SelectorWait = {}): Promise<Ready<D>[]> {
    return promised(() => {
      const wait = checkWait(options);
      const operation = new WaitForEvents(this, this.#interests, checkMax(options));
      if (this.closed) throw operation.fail(EBADF);
      if (wait.timeout === 0) return look(operation, wait.signal);
      return this.#interests.poller.waitable.input.run(operation, wait);
    });
  }

  /**
   * {@link wait}, in this thread, which it blocks.
   *
   * @param options `timeout` and `max`
   */
  waitSync(options: Omit<SelectorWait, 'signal'> = {}): Ready<D>[] {
    const { timeout = null } = checkWait(options);
    const operation = new WaitForEvents(this, this.#interests, checkMax(options));
    const deadline = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
    for (;;) {
      const result = operation.attempt();
      if (result >= 0) return operation.finish();
      if (result !== EAGAIN) throw operation.fail(result);
      const left = deadline - performance.now();
      if (left <= 0) return [];
      checked(binding.wait(this.fd, POLLIN, left === Number.POSITIVE_INFINITY ? -1 : left), 'poll');
    }
  }

  /** Lets waiting promises keep the process alive; they do from the start. */
  ref(): this {
    this.#interests.poller.waitable.isRef = true;
    return this;
  }

  /** Lets the process end although promises wait for this selector. */
  unref(): this {
    this.#interests.poller.waitable.isRef = false;
    return this;
  }

  /** Closes the selector, not its targets. Calls that wait are rejected with `EBADF`. Closing twice does nothing. */
  close(): void {
    lost.unregister(this);
    this.#interests.close();
  }

  /** Closes the selector at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }
}

function checkMax({ max = MOST }: SelectorWait): number {
  return checkInteger(max, 'options.max', 1, MOST);
}

function checkOptions(options: InterestOptions = {}): InterestOptions {
  if (typeof options !== 'object' || options === null)
    throw invalidType('options', 'of type object', options);
  const { edge } = options;
  if (edge !== undefined && typeof edge !== 'boolean') {
    throw invalidType('options.edge', 'of type boolean', edge);
  }
  return options;
}

/** Looks, and if there is nothing once more in the next turn: a loop that only looks should see something happen. */
async function look<D>(operation: WaitForEvents<D>, signal: AbortSignal | undefined): Promise<Ready<D>[]> {
  signal?.throwIfAborted();
  if (!mayGive()) await nextTurn();
  for (const isLast of [false, true]) {
    const result = operation.attempt();
    if (result >= 0) return operation.finish();
    if (result !== EAGAIN) throw operation.fail(result);
    if (!isLast) await nextTurn();
  }
  return [];
}

/** epoll_wait(2). While it waits it keeps the selector from being collected. */
class WaitForEvents<D> implements Operation<Ready<D>[]> {
  #ready: Ready<D>[] = [];

  constructor(
    readonly selector: Selector<D>,
    private readonly interests: Interests<D>,
    private readonly most: number,
  ) {}

  attempt(): number {
    const ready = this.interests.take(this.most);
    if (typeof ready === 'number') return ready;
    this.#ready = ready;
    return ready.length;
  }

  finish(): Ready<D>[] {
    return this.#ready;
  }

  partial(): Ready<D>[] {
    return [];
  }

  fail(errno: number): Error {
    return socketError(errno, { syscall: 'epoll_wait' });
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
