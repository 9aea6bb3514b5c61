import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP } from './events.js';
import { Held } from './held.js';
import { Lane } from './lane.js';
import type { Operation } from './operation.js';
import { hold, release, rewatch, unwatch, watch } from './reactor.js';

const INPUT = POLLIN | POLLPRI | POLLRDHUP;

/**
 * A descriptor that calls can wait on: its lanes, and its place in the reactor.
 *
 * It knows nothing of the Socket it belongs to (a waiting operation does), so a Socket that nobody uses any more can
 * be collected while its descriptor is still watched.
 */
export class Waitable {
  readonly input: Lane = new Lane(this);
  readonly output: Lane = new Lane(this);
  #errors: Lane | undefined;
  #urgent: Lane | undefined;
  #held: Held | undefined;
  #followers: Set<() => void> | undefined;
  #fd: number;
  #id = 0;
  #events = 0;
  #waiting = 0;
  #ref = true;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /**
   * Who waits for the error queue (`MSG_ERRQUEUE`). A lane of its own, made when first wanted: the queue is empty while
   * data waits, and the other way round, so neither may say of the other whether it is ready.
   */
  get errors(): Lane {
    this.#errors ??= new Lane(this);
    return this.#errors;
  }

  /** Who waits for the urgent byte (`MSG_OOB`), which comes beside the stream: a lane of its own for the same reason. */
  get urgent(): Lane {
    this.#urgent ??= new Lane(this);
    return this.#urgent;
  }

  /** The descriptor; -1 once closed or detached. */
  get fd(): number {
    return this.#fd;
  }

  /** Whether poll(2) sees no reason why a send should wait. */
  get hasRoom(): boolean {
    return binding.wait(this.#fd, POLLOUT, 0) > 0;
  }

  /** Whether something is held for the next receive, that it is to take instead of asking the kernel. */
  get holds(): boolean {
    return this.#held !== undefined;
  }

  /** Holds an error that a receive met when it had data to give as well: it is the next receive's. */
  owe(errno: number): void {
    this.#held ??= new Held();
    this.#held.owe(errno);
  }

  /** Holds what a receive that is given up had already got: it is the next receive's. */
  putBack(bytes: Uint8Array): void {
    this.#held ??= new Held();
    this.#held.putBack(bytes);
    this.input.offer();
  }

  /** Takes what is held: bytes, as many as fit, or the error. */
  takeHeld(buffers: readonly Uint8Array[], flags: number): number {
    const result = this.#held!.take(buffers, flags);
    if (this.#held!.isEmpty) this.#held = undefined;
    return result;
  }

  /** Whether waiting calls keep the process alive. */
  get isRef(): boolean {
    return this.#ref;
  }

  set isRef(ref: boolean) {
    if (ref === this.#ref) return;
    this.#ref = ref;
    if (this.#waiting > 0) (ref ? hold : release)();
  }

  /**
   * Calls `follower` when the descriptor is taken out of use, while its number is still nobody else's: for those who
   * watch it by other means. Returns how to stop that.
   */
  follow(follower: () => void): () => void {
    this.#followers ??= new Set();
    this.#followers.add(follower);
    return () => this.#followers?.delete(follower);
  }

  /** How many calls wait here now. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Called by the lanes for every waiter that comes (1) or goes (-1). */
  onWaiter(change: 1 | -1): void {
    this.#waiting += change;
    if (this.#ref && this.#waiting === (change === 1 ? 1 : 0)) (change === 1 ? hold : release)();
  }

  /** Makes sure that the lane hears of its events. Output is asked for on demand: it would mostly be noise. */
  watch(lane: Lane): void {
    const events = this.#events | INPUT | (lane === this.output ? POLLOUT : 0);
    if (events === this.#events) return;
    if (this.#id === 0) this.#id = watch(this.#fd, events, this);
    else checked(rewatch(this.#fd, this.#id, events), 'epoll_ctl');
    this.#events = events;
  }

  /** Called by the reactor. */
  onEvents(events: number): void {
    // An end or an error: reads succeed from now on (with 0, or the error), whatever a short read seemed to say.
    if (events & (POLLPRI | POLLRDHUP | POLLHUP | POLLERR)) this.input.exact = false;
    // First, since reading the queue also clears the error that the next receive would fail with (ip(7), IP_RECVERR).
    if (events & (POLLERR | POLLHUP)) this.#errors?.wake();
    if (events & (POLLPRI | POLLERR | POLLHUP)) this.#urgent?.wake();
    // The urgent byte alone does not make a stream readable: a read would run over it, and lose it (tcp_poll).
    if (events & ~(POLLOUT | POLLPRI)) this.input.wake();
    if (events & (POLLOUT | POLLHUP | POLLERR)) this.output.wake();
    if (this.#events & POLLOUT && !this.output.isBusy) this.#quiet();
  }

  /** A descriptor that was closed behind our back is no error here: the next call will say so. */
  #quiet(): void {
    this.#events &= ~POLLOUT;
    rewatch(this.#fd, this.#id, this.#events);
  }

  /**
   * Takes the descriptor out of use, in this order: mark (later calls fail with EBADF), wake (everyone who waits is
   * rejected), deregister. Only then may the number be closed or given away: from that moment on the kernel may hand
   * it to someone else, and no waiter or event of ours must meet them.
   *
   * @returns the descriptor, -1 if it was taken out before
   */
  retire(error: (operation: Operation<unknown>) => Error): number {
    const fd = this.#fd;
    this.#fd = -1;
    this.input.rejectAll(error);
    this.output.rejectAll(error);
    this.#errors?.rejectAll(error);
    this.#urgent?.rejectAll(error);
    if (this.#id !== 0) unwatch(fd, this.#id);
    this.#id = 0;
    if (this.#followers !== undefined) for (const follower of this.#followers) follower();
    this.#followers = undefined;
    return fd;
  }

  /** Retires and closes; 0, or -errno. */
  close(error: (operation: Operation<unknown>) => Error): number {
    const fd = this.retire(error);
    return fd < 0 ? 0 : binding.close(fd);
  }
}
