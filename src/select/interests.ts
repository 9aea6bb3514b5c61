import { EAGAIN, EEXIST, ENOENT, EPERM } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { EDGE } from '../reactor/events.js';
import { POLLIN, POLLNVAL, POLLOUT, POLLRDNORM, POLLWRNORM } from './events.js';
import { collected, Poller } from './poller.js';
import {
  closedTargetError,
  descriptorOf,
  followPendingInput,
  followTarget,
  hasPendingInput,
  openDescriptorOf,
  type Selectable,
} from './target.js';

/** A registered target that is ready. */
export interface Ready<D = unknown> {
  /** The target that was registered. */
  readonly target: Selectable;
  /** The events that hold: `POLLIN`, `POLLOUT`, …. `POLLERR` and `POLLHUP` are always reported. */
  readonly events: number;
  /** The data that was registered with the target. */
  readonly data: D;
}

/** The registration of a target. */
interface Interest<D> {
  readonly target: Selectable;
  readonly id: number;
  readonly fd: number;
  events: number;
  data: D;
  isEdge: boolean;
  /** Whether it is a file. epoll refuses files (epoll_ctl(2), EPERM); they are always ready (select(2)). */
  readonly isFile: boolean;
  /** Whether a file was reported once, which is its only edge. */
  isReported: boolean;
  unfollow: (() => void) | undefined;
  unfollowInput: (() => void) | undefined;
}

/** The events of a file: DEFAULT_POLLMASK of the kernel's include/linux/poll.h. */
const ALWAYS_READY = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

/** The largest number of collections that are repeated because all their events were of removed targets. */
const MAX_COLLECTIONS = 64;

/** The largest id: the poller's ids are 31 bits wide. */
const MAX_ID = 0x7fffffff;

/**
 * The registrations of a Selector. They do not refer to the Selector, so an unused Selector can be garbage collected while
 * its sockets, which refer to this object, are still in use.
 */
export class Interests<D> {
  readonly poller: Poller = new Poller();
  readonly #byTarget = new Map<Selectable, Interest<D>>();
  readonly #byId = new Map<number, Interest<D>>();
  /** The owner of each descriptor number. A number that was closed without notice can be registered for another target. */
  readonly #byFd = new Map<number, Interest<D>>();
  readonly #files = new Set<Interest<D>>();
  /** The sockets that have pending input, for which epoll reports no event; or had it. */
  readonly #pending = new Set<Interest<D>>();
  #closed: Interest<D>[] = [];
  #lastId = 0;
  #filesFirst = false;

  /** The number of registered targets. */
  get size(): number {
    return this.#byTarget.size;
  }

  /** Whether a target is registered. */
  has(target: Selectable): boolean {
    return this.#byTarget.has(target);
  }

  /** Registers a target. */
  add(target: Selectable, events: number, data: D, isEdge: boolean): void {
    const fd = openDescriptorOf(target, 'target', 'epoll_ctl');
    if (this.#byTarget.has(target)) throw socketError(EEXIST, { syscall: 'epoll_ctl' });
    const id = this.#freeId();
    const result = this.poller.add(fd, id, epollEvents(events, isEdge));
    if (result < 0 && result !== EPERM) throw socketError(result, { syscall: 'epoll_ctl' });
    const isFile = result === EPERM;
    this.#enter({
      target,
      id,
      fd,
      events,
      data,
      isEdge,
      isFile,
      isReported: false,
      unfollow: undefined,
      unfollowInput: undefined,
    });
    if (isFile) this.poller.wake();
  }

  #freeId(): number {
    do this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1;
    while (this.#byId.has(this.#lastId));
    return this.#lastId;
  }

  #enter(interest: Interest<D>): void {
    this.#byTarget.set(interest.target, interest);
    this.#byId.set(interest.id, interest);
    this.#byFd.set(interest.fd, interest);
    if (interest.isFile) this.#files.add(interest);
    interest.unfollow = followTarget(interest.target, () => this.#onClosed(interest));
    interest.unfollowInput = followPendingInput(interest.target, () => this.#onPending(interest));
    if (hasPendingInput(interest.target)) this.#onPending(interest);
  }

  #onPending(interest: Interest<D>): void {
    this.#pending.add(interest);
    this.poller.wake();
  }

  /** Changes the registration of a target. */
  change(target: Selectable, events: number, data: D | undefined, isEdge: boolean | undefined): void {
    const interest = this.#find(target);
    this.#checkOpen(interest);
    const edge = isEdge ?? interest.isEdge;
    if (!interest.isFile) this.#modify(interest, epollEvents(events, edge));
    interest.isEdge = edge;
    interest.events = events;
    interest.isReported = false;
    if (data !== undefined) interest.data = data;
    if (hasPendingInput(target)) this.#onPending(interest);
    if (interest.isFile) this.poller.wake();
  }

  #modify({ fd, id }: Interest<D>, events: number): void {
    const result = this.poller.modify(fd, id, events);
    if (result < 0) throw socketError(result, { syscall: 'epoll_ctl' });
  }

  /** A target that was closed without notice must not change the registration of the target that has its number now. */
  #checkOpen(interest: Interest<D>): void {
    const isOwner = this.#byFd.get(interest.fd) === interest;
    if (!isOwner || descriptorOf(interest.target, 'target') !== interest.fd) {
      throw closedTargetError('epoll_ctl');
    }
  }

  /** Removes a target. */
  remove(target: Selectable): void {
    this.#forget(this.#find(target));
  }

  #find(target: Selectable): Interest<D> {
    const interest = this.#byTarget.get(target);
    if (interest === undefined) {
      descriptorOf(target, 'target');
      throw socketError(ENOENT, { syscall: 'epoll_ctl', hint: 'the target is not registered' });
    }
    return interest;
  }

  #forget(interest: Interest<D>): void {
    interest.unfollow?.();
    interest.unfollowInput?.();
    this.#pending.delete(interest);
    this.#byTarget.delete(interest.target);
    this.#byId.delete(interest.id);
    this.#files.delete(interest);
    if (this.#byFd.get(interest.fd) !== interest) return;
    this.#byFd.delete(interest.fd);
    this.poller.remove(interest.fd); // fails if the descriptor was closed, which has removed it
  }

  /** Removes a socket that is being closed, and keeps it for one report. Its number is still its own. */
  #onClosed(interest: Interest<D>): void {
    this.#forget(interest);
    this.#closed.push(interest);
    this.poller.wake();
  }

  /** Returns at most `max` targets that are ready; or -errno, `EAGAIN` if there are none. */
  take(max: number): Ready<D>[] | number {
    const ready = this.#takeClosed(max);
    this.#filesFirst = !this.#filesFirst; // so that files and epoll's events cannot starve each other
    if (this.#filesFirst) this.#takeFiles(ready, max);
    for (let i = 0; ready.length < max && i < MAX_COLLECTIONS; i++) {
      const before = ready.length;
      const count = this.#collect(ready, max);
      if (count < 0) return ready.length > 0 ? ready : count;
      if (count === 0 || ready.length > before) break;
    }
    if (!this.#filesFirst) this.#takeFiles(ready, max);
    this.#takePending(ready, max);
    return ready.length > 0 ? ready : EAGAIN;
  }

  #collect(ready: Ready<D>[], max: number): number {
    const count = this.poller.collect(max - ready.length);
    for (let i = 0; i < count; i++) {
      const interest = this.#byId.get(collected[2 * i]!);
      if (interest === undefined) continue;
      const { target, data } = interest;
      ready.push({ target, events: collected[2 * i + 1]!, data });
    }
    return count;
  }

  #takeClosed(max: number): Ready<D>[] {
    if (this.#closed.length === 0) return [];
    return this.#closed.splice(0, max).map(({ target, data }) => ({ target, events: POLLNVAL, data }));
  }

  #takeFiles(ready: Ready<D>[], max: number): void {
    for (const interest of [...this.#files]) {
      if (ready.length >= max) return;
      const events = interest.events & ALWAYS_READY;
      if (events === 0 || interest.isReported) continue;
      interest.isReported = interest.isEdge;
      this.#files.delete(interest); // moves it to the end of the queue
      this.#files.add(interest);
      ready.push({ target: interest.target, events, data: interest.data });
    }
  }

  /** Adds pending input to the events of the targets that are ready already, or adds the target. */
  #takePending(ready: Ready<D>[], max: number): void {
    for (const interest of [...this.#pending]) {
      const events = interest.events & (POLLIN | POLLRDNORM);
      if (!hasPendingInput(interest.target)) this.#pending.delete(interest);
      if (events === 0 || !this.#pending.has(interest)) continue;
      const { target, data } = interest;
      const at = ready.findIndex(one => one.target === target);
      if (at < 0 && ready.length >= max) return;
      if (at < 0) ready.push({ target, events, data });
      else ready[at] = { target, events: ready[at]!.events | events, data };
      if (interest.isEdge) this.#pending.delete(interest);
    }
  }

  /** Removes every target, closes the poller and rejects waiting calls. */
  close(): void {
    for (const { unfollow, unfollowInput } of this.#byTarget.values()) {
      unfollow?.();
      unfollowInput?.();
    }
    this.#byTarget.clear();
    this.#byId.clear();
    this.#byFd.clear();
    this.#files.clear();
    this.#pending.clear();
    this.#closed = [];
    this.poller.close();
  }
}

function epollEvents(events: number, isEdge: boolean): number {
  return (events & ~POLLNVAL) | (isEdge ? EDGE : 0);
}
