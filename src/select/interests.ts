import { EAGAIN, EBADF, EEXIST, ENOENT, EPERM } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { EDGE } from '../reactor/events.js';
import { POLLIN, POLLNVAL, POLLOUT, POLLRDNORM, POLLWRNORM } from './events.js';
import { collected, Poller } from './poller.js';
import { followTarget, openDescriptorOf, type Selectable } from './target.js';

/** A registered target that is ready. */
export interface Ready<D = unknown> {
  /** What was registered. */
  readonly target: Selectable;
  /** The events that hold: `POLLIN`, `POLLOUT`, …, and `POLLERR` and `POLLHUP` unasked. */
  readonly events: number;
  /** What was registered with it. */
  readonly data: D;
}

/** What is known of a registered target. */
interface Interest<D> {
  readonly target: Selectable;
  readonly id: number;
  readonly fd: number;
  events: number;
  data: D;
  edge: boolean;
  /** Whether it is a file, which the poller does not take: files are always ready (select(2), epoll_ctl(2) EPERM). */
  isFile: boolean;
  /** A file that was reported once, which is all there is to say at its edge. */
  isTold: boolean;
  leave: (() => void) | undefined;
}

/** What poll(2) says of a file: DEFAULT_POLLMASK of the kernel's include/linux/poll.h. */
const ALWAYS_READY = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

/** More collections than this bring nothing but events of targets that are not registered any more. */
const TRIES = 64;

/**
 * What a Selector is interested in. It knows nothing of the Selector, so that one which nobody uses can be collected
 * although its sockets, which this follows, live on.
 */
export class Interests<D> {
  readonly poller = new Poller();
  readonly #byTarget = new Map<Selectable, Interest<D>>();
  readonly #byId = new Map<number, Interest<D>>();
  /** Whose a number is: one that was closed behind our back may be registered again for another target. */
  readonly #byFd = new Map<number, Interest<D>>();
  readonly #files = new Set<Interest<D>>();
  #closed: Interest<D>[] = [];
  #nextId = 1;
  #filesFirst = false;

  get size(): number {
    return this.#byTarget.size;
  }

  has(target: Selectable): boolean {
    return this.#byTarget.has(target);
  }

  add(target: Selectable, events: number, data: D, edge: boolean): void {
    const fd = openDescriptorOf(target, 'target', 'epoll_ctl');
    if (this.#byTarget.has(target)) throw socketError(EEXIST, { syscall: 'epoll_ctl' });
    const id = this.#nextId++;
    const result = this.poller.add(fd, id, asked(events, edge));
    if (result < 0 && result !== EPERM) throw socketError(result, { syscall: 'epoll_ctl' });
    const isFile = result === EPERM;
    const interest = { target, id, fd, events, data, edge, isFile, isTold: false, leave: undefined };
    this.#enter(interest);
    if (isFile) this.poller.wake();
  }

  #enter(interest: Interest<D>): void {
    this.#byTarget.set(interest.target, interest);
    this.#byId.set(interest.id, interest);
    this.#byFd.set(interest.fd, interest);
    if (interest.isFile) this.#files.add(interest);
    interest.leave = followTarget(interest.target, () => this.#onClosed(interest));
  }

  change(target: Selectable, events: number, data: D | undefined, edge: boolean | undefined): void {
    const interest = this.#find(target);
    const isEdge = edge ?? interest.edge;
    const { id, fd } = interest;
    const result = interest.isFile ? 0 : this.poller.modify(fd, id, asked(events, isEdge));
    if (result < 0) throw socketError(result, { syscall: 'epoll_ctl' });
    interest.events = events;
    interest.edge = isEdge;
    interest.isTold = false;
    if (data !== undefined) interest.data = data;
    if (interest.isFile) this.poller.wake();
  }

  remove(target: Selectable): void {
    this.#forget(this.#find(target));
  }

  #find(target: Selectable): Interest<D> {
    const interest = this.#byTarget.get(target);
    if (interest === undefined) throw socketError(ENOENT, { syscall: 'epoll_ctl' });
    return interest;
  }

  #forget(interest: Interest<D>): void {
    interest.leave?.();
    this.#byTarget.delete(interest.target);
    this.#byId.delete(interest.id);
    this.#files.delete(interest);
    if (this.#byFd.get(interest.fd) !== interest) return;
    this.#byFd.delete(interest.fd);
    this.poller.remove(interest.fd); // or it was closed, and has left by itself
  }

  /** A socket was closed: told once, and forgotten. Its number is still its own now. */
  #onClosed(interest: Interest<D>): void {
    this.#forget(interest);
    this.#closed.push(interest);
    this.poller.wake();
  }

  /** What is ready now, at most `most`; or -errno, `EAGAIN` for nothing. */
  take(most: number): Ready<D>[] | number {
    const ready = this.#takeClosed(most);
    this.#filesFirst = !this.#filesFirst; // neither keeps the other from being told
    if (this.#filesFirst) this.#takeFiles(ready, most);
    for (let tries = 0; ready.length < most && tries < TRIES; tries++) {
      const before = ready.length;
      const count = this.#collect(ready, most);
      if (count < 0) return ready.length > 0 ? ready : count;
      if (count === 0 || ready.length > before) break;
    }
    if (!this.#filesFirst) this.#takeFiles(ready, most);
    return ready.length > 0 ? ready : EAGAIN;
  }

  #collect(ready: Ready<D>[], most: number): number {
    const count = this.poller.collect(most - ready.length);
    for (let i = 0; i < count; i++) {
      const interest = this.#byId.get(collected[2 * i]!);
      if (interest === undefined) continue;
      const { target, data } = interest;
      ready.push({ target, events: collected[2 * i + 1]!, data });
    }
    return count;
  }

  #takeClosed(most: number): Ready<D>[] {
    if (this.#closed.length === 0) return [];
    const told = this.#closed.splice(0, most);
    return told.map(({ target, data }) => ({ target, events: POLLNVAL, data }));
  }

  #takeFiles(ready: Ready<D>[], most: number): void {
    for (const interest of [...this.#files]) {
      if (ready.length >= most) return;
      const events = interest.events & ALWAYS_READY;
      if (events === 0 || interest.isTold) continue;
      interest.isTold = interest.edge;
      this.#files.delete(interest); // to the end of the queue
      this.#files.add(interest);
      ready.push({ target: interest.target, events, data: interest.data });
    }
  }

  /** Lets go of everything; those who wait are told. */
  close(): void {
    for (const { leave } of this.#byTarget.values()) leave?.();
    this.#byTarget.clear();
    this.#byId.clear();
    this.#byFd.clear();
    this.#files.clear();
    this.#closed = [];
    this.poller.close(() =>
      socketError(EBADF, { syscall: 'epoll_wait', hint: 'the selector was closed while the call waited' }),
    );
  }
}

function asked(events: number, edge: boolean): number {
  return (events & ~POLLNVAL) | (edge ? EDGE : 0);
}
