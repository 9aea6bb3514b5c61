import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { type EventMask, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP } from './events.js';
import { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation, YIELD } from './operation.js';
import { PendingInput } from './pending-input.js';
import { guarded, hold, release, rewatch, unwatch, watch } from './reactor.js';
import { CallWaiter, type Outcome, type Waiter } from './waiter.js';

const INPUT = POLLIN | POLLPRI | POLLRDHUP;

// The flags of a handle are above the events that it is registered for, so that a socket needs one number for both.
const EVENTS = 0xffff;
/** Waiting calls do not keep the process alive. */
const UNREF = 0x1_0000;
/** A short read means that no data is left: see {@link Lane}. */
const SHORT_MEANS_DRAINED = 0x2_0000;
/** The receiving direction might have been shut down. */
const MIGHT_HAVE_ENDED = 0x4_0000;

/** The parts of a handle that most sockets never need. */
class Rare {
  errors: Lane | undefined;
  urgent: Lane | undefined;
  followers: Set<() => void> | undefined;
  inputFollowers: Set<() => void> | undefined;
}

const NONE = Object.freeze(new Rare());

/**
 * A file descriptor that calls can wait for: its lanes, and its registration with the reactor.
 *
 * It does not reference its Socket (a waiting operation does). So an unused Socket can be garbage collected while its
 * descriptor is still registered. It has few fields, because a server has a handle per connection.
 */
export class PollHandle {
  #input: Lane | undefined;
  #output: Lane | undefined;
  #pending: PendingInput | undefined;
  #rare: Rare | undefined;
  #fd: number;
  #id = 0;
  /** The events that the descriptor is registered for, and flags. */
  #state: number;
  #waiting = 0;

  /**
   * @param fd the file descriptor
   * @param shortMeansDrained whether a short read means that no data is left (see {@link Lane})
   */
  constructor(fd: number, shortMeansDrained: boolean = false) {
    this.#fd = fd;
    this.#state = shortMeansDrained ? SHORT_MEANS_DRAINED : 0;
  }

  // Methods, because V8 reads a private getter by a call to its runtime, also in optimized code.
  #events(): number {
    return this.#state & EVENTS;
  }

  #setEvents(events: number): void {
    this.#state = (this.#state & ~EVENTS) | events;
  }

  /**
   * Whether this process or the peer might have shut down the receiving direction. If so, {@link hasEnded} asks the
   * kernel.
   */
  get mightHaveEnded(): boolean {
    return (this.#state & MIGHT_HAVE_ENDED) !== 0;
  }

  set mightHaveEnded(might: boolean) {
    this.#state = might ? this.#state | MIGHT_HAVE_ENDED : this.#state & ~MIGHT_HAVE_ENDED;
  }

  /**
   * The calls that receive or accept. Lanes are created when they are first used, since most idle sockets have none.
   */
  get input(): Lane {
    if (this.#input === undefined) {
      this.#input = new Lane(this);
      this.#input.shortMeansDrained = (this.#state & SHORT_MEANS_DRAINED) !== 0;
    }
    return this.#input;
  }

  /** The calls that send or connect. */
  get output(): Lane {
    this.#output ??= new Lane(this);
    return this.#output;
  }

  #parts(): Rare {
    this.#rare ??= new Rare();
    return this.#rare;
  }

  /**
   * The calls that read the error queue (`MSG_ERRQUEUE`). They have their own lane, because data and errors arrive
   * independently.
   */
  get errors(): Lane {
    const parts = this.#parts();
    parts.errors ??= new Lane(this);
    return parts.errors;
  }

  /**
   * The calls that wait for the urgent byte (`MSG_OOB`). They have their own lane, because it arrives independently
   * of the stream.
   */
  get urgent(): Lane {
    const parts = this.#parts();
    parts.urgent ??= new Lane(this);
    return parts.urgent;
  }

  /** Returns the lane of an operation. */
  laneOf(direction: EventMask): Lane {
    switch (direction) {
      case POLLIN:
        return this.input;
      case POLLOUT:
        return this.output;
      case POLLERR:
        return this.errors;
      default:
        return this.urgent;
    }
  }

  /** Returns whether calls wait in a lane, without creating the lane. */
  isBusy(direction: EventMask): boolean {
    const lane =
      direction === POLLIN
        ? this.#input
        : direction === POLLOUT
          ? this.#output
          : direction === POLLERR
            ? this.#rare?.errors
            : this.#rare?.urgent;
    return lane?.isBusy === true;
  }

  /** The file descriptor; -1 after it is closed or detached. */
  get fd(): number {
    return this.#fd;
  }

  /** Whether poll(2) reports that a send call does not have to wait. Errors that it also reports are ignored. */
  get isWritable(): boolean {
    const events = binding.wait(this.#fd, POLLOUT, 0);
    return events > 0 && (events & POLLOUT) !== 0;
  }

  /**
   * Whether no more data can be received. The events alone are not sufficient: a seqpacket socket reports POLLHUP
   * before it is connected (net/unix/af_unix.c, unix_dgram_poll).
   */
  get hasEnded(): boolean {
    if (!this.mightHaveEnded) return false;
    const events = binding.wait(this.#fd, POLLRDHUP, 0);
    this.mightHaveEnded = events > 0 && (events & (POLLRDHUP | POLLHUP)) !== 0;
    return events > 0 && (events & POLLRDHUP) !== 0;
  }

  /** Whether the next receive call takes its result from {@link takePending} instead of the kernel. */
  get hasPending(): boolean {
    return this.#pending !== undefined;
  }

  /** The number of pending received bytes. */
  get pendingLength(): number {
    return this.#pending?.length ?? 0;
  }

  /** Stores an error for the next receive call, because the current one returns data. */
  deferError(errno: number): void {
    this.#pending ??= new PendingInput();
    this.#pending.deferError(errno);
    this.#reportPending();
    this.input.offer(); // the kernel has forgotten the error, and reports no event for it
  }

  /** Gives back the data of a call that ended early. The next receive call returns it. */
  putBack(bytes: Uint8Array): void {
    this.#pending ??= new PendingInput();
    this.#pending.putBack(bytes);
    this.#reportPending();
    this.input.offer();
  }

  #reportPending(): void {
    for (const follower of this.#rare?.inputFollowers ?? []) guarded(follower);
  }

  /** Takes pending input: as many bytes as fit, or the error. */
  takePending(buffers: readonly Uint8Array[], flags: number): number {
    const result = this.#pending!.take(buffers, flags);
    if (this.#pending!.isEmpty) this.#pending = undefined;
    return result;
  }

  /** Takes over the pending input of the previous handle of this connection. */
  inheritPending(from: PollHandle): void {
    this.#pending = from.#pending;
    from.#pending = undefined;
    if (this.#pending !== undefined) this.input.offer();
  }

  /** Whether waiting calls keep the process alive. */
  get isRef(): boolean {
    return (this.#state & UNREF) === 0;
  }

  set isRef(ref: boolean) {
    if (ref === this.isRef) return;
    this.#state ^= UNREF;
    if (this.#waiting === 0) return;
    (ref ? hold : release)();
    for (const lane of this.#lanes()) lane.setRef(ref);
  }

  /**
   * Calls `follower` when the descriptor is taken out of use, before its number can be reused. This is for code that
   * watches the descriptor in another way. Returns a function that removes `follower`.
   */
  follow(follower: () => void): () => void {
    const parts = this.#parts();
    parts.followers ??= new Set();
    parts.followers.add(follower);
    return () => parts.followers?.delete(follower);
  }

  /**
   * Calls `follower` when the handle gets pending input, for which the kernel reports no event. Returns a function that
   * removes `follower`.
   */
  followInput(follower: () => void): () => void {
    const parts = this.#parts();
    parts.inputFollowers ??= new Set();
    parts.inputFollowers.add(follower);
    return () => parts.inputFollowers?.delete(follower);
  }

  /** The number of calls that wait for this descriptor. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Counts a waiter that a lane adds (1) or removes (-1). */
  onWaiter(change: 1 | -1): void {
    this.#waiting += change;
    if (this.isRef && this.#waiting === (change === 1 ? 1 : 0)) (change === 1 ? hold : release)();
  }

  /** Whether the descriptor is registered for any events. */
  get isWatched(): boolean {
    return this.#id !== 0;
  }

  /**
   * Registers the descriptor for the events of a lane. Output is only registered when a call needs it, because most
   * sockets are always writable.
   */
  watch(lane: Lane): void {
    const events = this.#events() | INPUT | (lane === this.#output ? POLLOUT : 0);
    if (events === this.#events()) return;
    if (this.#id === 0) this.#id = watch(this.#fd, events, this);
    else checked(rewatch(this.#fd, this.#id, events), 'epoll_ctl');
    this.#setEvents(events);
  }

  /** Handles events. The reactor calls this. */
  onEvents(events: EventMask): void {
    if (events & (POLLPRI | POLLRDHUP | POLLHUP | POLLERR)) this.#noteException(events);
    // Reading the error queue also clears the error that the next receive call would fail with, so it comes first
    // (ip(7), IP_RECVERR).
    if (events & (POLLERR | POLLHUP)) this.#rare?.errors?.wake();
    if (events & (POLLPRI | POLLERR | POLLHUP)) this.#rare?.urgent?.wake();
    // The urgent byte alone does not make a stream readable: a read would skip the mark and lose the byte (tcp_poll).
    if (events & ~(POLLOUT | POLLPRI)) this.#input?.wake();
    if (events & (POLLOUT | POLLHUP | POLLERR)) this.#output?.wake();
    if (this.#events() & POLLOUT && this.#output?.isBusy !== true) this.#removeOutput();
  }

  /** Fails every waiting call. The reactor calls this when no event will arrive any more. */
  onFailure(error: Error): void {
    this.#id = 0;
    this.#setEvents(0);
    for (const lane of this.#lanes()) lane.failAll(error);
  }

  #lanes(): Lane[] {
    const { errors, urgent } = this.#rare ?? NONE;
    return [this.#input, this.#output, errors, urgent].filter(lane => lane !== undefined);
  }

  /** Records an end or an error: reads succeed from now on (with 0, or the error), even after a short read. */
  #noteException(events: EventMask): void {
    this.input.shortMeansDrained = false;
    if (events & (POLLRDHUP | POLLHUP)) this.mightHaveEnded = true;
  }

  /**
   * Ends the registration for output. An error means that other code has closed the descriptor: the next call reports
   * it.
   */
  #removeOutput(): void {
    this.#setEvents(this.#events() & ~POLLOUT);
    rewatch(this.#fd, this.#id, this.#events());
  }

  /**
   * Takes the descriptor out of use, in this order: later calls fail with EBADF, every waiting call ends, the
   * registration ends. Only then can the number be closed or passed on: the kernel can reuse it immediately, and no
   * waiter or event of this handle must refer to the new file. Nothing here runs code that can throw.
   *
   * @param why the reason for which the waiting calls end
   * @returns the file descriptor; -1 if it was already taken out of use
   */
  retire(why: EarlyEnd = 'closed'): number {
    const fd = this.#fd;
    this.#fd = -1;
    this.#input?.endAll(why);
    this.#output?.endAll(why);
    const rare = this.#rare;
    rare?.errors?.endAll(why);
    rare?.urgent?.endAll(why);
    if (this.#id !== 0) unwatch(fd, this.#id);
    this.#id = 0;
    this.#setEvents(0);
    const followers = rare?.followers;
    if (followers === undefined) return fd;
    rare!.followers = undefined;
    // An exception in one follower must not prevent the calls of the others, or close(2).
    for (const follower of followers) guarded(follower);
    return fd;
  }

  /** Takes the descriptor out of use and closes it. Returns 0, or -errno. */
  close(why: EarlyEnd = 'closed'): number {
    const fd = this.retire(why);
    return fd < 0 ? 0 : binding.close(fd);
  }

  /**
   * Runs an operation in its lane.
   *
   * @param first the result of its first attempt; `YIELD` if there was none
   */
  run<T>(operation: Operation<T>, first: number = YIELD): Promise<T> {
    if (this.#fd < 0) {
      endEarly(operation, 'failed'); // it might hold a batch, or have started to resolve a name
      return Promise.reject(operation.closed(false));
    }
    const lane = this.laneOf(operation.direction);
    return first === YIELD ? lane.run(operation) : lane.resume(operation, first);
  }

  /** Runs an operation in its lane without a promise: one of two functions receives its outcome. See {@link Waiter}. */
  start<T>(operation: Operation<T>, resolve: Outcome<T, T>, reject: Outcome<T, unknown>): void {
    this.startWaiter(new CallWaiter(operation, resolve, reject));
  }

  /** Runs the operation of a waiter in its lane: see {@link Lane.start}. */
  startWaiter<T>(waiter: Waiter<T>): void {
    const { operation } = waiter;
    if (this.#fd < 0) {
      endEarly(operation, 'failed');
      waiter.reject(operation.closed(false));
      return;
    }
    try {
      this.laneOf(operation.direction).start(waiter);
    } catch (error) {
      waiter.reject(error); // the poller cannot watch the descriptor
    }
  }
}
