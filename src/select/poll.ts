import { checkInteger } from '../errors/argument.js';
import { ENOENT } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { ANY_EVENT, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI } from './events.js';
import {
  checkSelectTimeout,
  checkSyncSelectTimeout,
  type PollQuery,
  pollUntil,
  pollUntilSync,
  type SelectTimeout,
  type SyncSelectTimeout,
} from './poll-loop.js';
import { PollSet } from './poll-set.js';
import { descriptorOf, openDescriptorOf, type Selectable } from './target.js';

/** The events that poll(2) reports even if they were not asked for. */
const ALWAYS = POLLERR | POLLHUP | POLLNVAL;

/** A target that is ready, and its events. */
export type Polled<T extends Selectable = Selectable> = [target: T, events: number];

/** The descriptor and the events of a registered target. */
interface Registration {
  readonly fd: number;
  readonly events: number;
}

/**
 * A list of descriptors for poll(2), like Python's `select.poll` objects. It owns no descriptor and does not need to be
 * closed. The cost of each poll grows with the number of descriptors; use {@link Selector} for many.
 *
 * ```ts
 * const list = poll<Socket>();
 * list.register(socket, POLLIN);
 * for (const [socket, events] of await list.poll(1000)) if (events & POLLIN) read(socket);
 * ```
 *
 * A closed target is reported with `POLLNVAL` each time until it is unregistered.
 *
 * @see poll(2)
 */
export class Poll<T extends Selectable = Selectable> {
  readonly #registered = new Map<T, Registration>();

  /** The number of registered targets. */
  get size(): number {
    return this.#registered.size;
  }

  /**
   * Adds a target, or changes its events.
   *
   * @param target a descriptor, or an object with one in its `fd`
   * @param events `POLLIN`, `POLLPRI`, `POLLOUT`, …, or-ed; these three by default. `POLLERR`, `POLLHUP` and `POLLNVAL`
   *   are always reported.
   * @throws SocketError `EBADF` if the target is closed
   */
  register(target: T, events: number = POLLIN | POLLPRI | POLLOUT): void {
    const fd = openDescriptorOf(target, 'target', 'poll');
    this.#registered.set(target, { fd, events: checkInteger(events, 'events', 0, ANY_EVENT) });
  }

  /**
   * Changes the events of a target.
   *
   * @throws SocketError `ENOENT` if it is not registered
   */
  modify(target: T, events: number): void {
    const { fd } = this.#find(target);
    this.#registered.set(target, { fd, events: checkInteger(events, 'events', 0, ANY_EVENT) });
  }

  /**
   * Removes a target. It can be closed already.
   *
   * @throws SocketError `ENOENT` if it is not registered
   */
  unregister(target: T): void {
    this.#find(target);
    this.#registered.delete(target);
  }

  #find(target: T): Registration {
    const registration = this.#registered.get(target);
    if (registration === undefined) {
      descriptorOf(target, 'target');
      throw socketError(ENOENT, { syscall: 'poll', hint: 'the target is not registered' });
    }
    return registration;
  }

  /**
   * Waits until a target is ready, without blocking the thread.
   *
   * @param timeout milliseconds, 0 to poll without waiting, `null` for no limit (the default); or an object with a
   *   `timeout` and a `signal`
   * @returns the targets that are ready, each with its events; none when the time has passed
   * @throws TypeError or RangeError naming the argument
   * @see poll(2)
   */
  async poll(timeout?: SelectTimeout): Promise<Polled<T>[]> {
    return pollUntil(new RegisteredQuery(this.#registered), checkSelectTimeout(timeout));
  }

  /**
   * Waits until a target is ready. Blocks the thread.
   *
   * @param timeout milliseconds, 0 to poll without waiting, `null` for no limit (the default); or an object with a
   *   `timeout`
   * @see {@link poll}
   */
  pollSync(timeout?: SyncSelectTimeout): Polled<T>[] {
    const limit = checkSyncSelectTimeout(timeout);
    const query = new RegisteredQuery(this.#registered);
    return pollUntilSync(query, query.hasClosed() ? 0 : limit);
  }
}

/** Makes an empty {@link Poll}. */
export function poll<T extends Selectable = Selectable>(): Poll<T> {
  return new Poll<T>();
}

class RegisteredQuery<T extends Selectable> implements PollQuery<Polled<T>[]> {
  readonly syscall = 'poll';
  /** Each target with the index of its entry; -1 for a closed target. */
  #indexes: (readonly [T, number])[] = [];

  constructor(private readonly registered: ReadonlyMap<T, Registration>) {}

  /** Whether a target is closed. Its number can belong to another descriptor by now, so it is not polled. */
  hasClosed(): boolean {
    for (const [target, { fd }] of this.registered) if (descriptorOf(target, 'target') !== fd) return true;
    return false;
  }

  collect(): PollSet {
    const set = new PollSet(this.registered.size);
    this.#indexes = Array.from(this.registered, ([target, { fd, events }]) => {
      const isOpen = descriptorOf(target, 'target') === fd;
      return [target, isOpen ? set.add(target, fd, events) : -1] as const;
    });
    return set;
  }

  result(set: PollSet): Polled<T>[] | undefined {
    const ready: Polled<T>[] = [];
    for (const [target, index] of this.#indexes) {
      // A descriptor that is registered twice has one entry, with the events of both.
      const wanted = this.registered.get(target)?.events ?? 0;
      const events = index < 0 ? POLLNVAL : set.ready(index) & (wanted | ALWAYS);
      if (events !== 0) ready.push([target, events]);
    }
    return ready.length > 0 ? ready : undefined;
  }

  nothing(): Polled<T>[] {
    return [];
  }
}
