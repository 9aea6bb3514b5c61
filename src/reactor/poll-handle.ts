import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { type EventMask, POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP } from './events.js';
import { Lane } from './lane.js';
import { type EarlyEnd, endEarly, type Operation } from './operation.js';
import { PendingInput } from './pending-input.js';
import { guarded, hold, release, rewatch, unwatch, watch } from './reactor.js';

const INPUT = POLLIN | POLLPRI | POLLRDHUP;

/**
 * A descriptor that calls can wait for: its lanes, and its registration with the reactor.
 *
 * It does not reference the Socket it belongs to (a waiting operation does), so a Socket that nobody uses any more can be
 * collected while its descriptor is still registered.
 */
export class PollHandle {
  #input: Lane | undefined;
  #output: Lane | undefined;
  #errors: Lane | undefined;
  #urgent: Lane | undefined;
  #pending: PendingInput | undefined;
  #followers: Set<() => void> | undefined;
  #fd: number;
  #id = 0;
  #events = 0;
  #waiting = 0;
  #ref = true;
  /** Whether the receiving side might be shut down, here or by the peer: {@link hasEnded} asks the kernel then. */
  mightHaveEnded = false;

  /**
   * @param fd the descriptor
   * @param shortMeansDrained whether a short read means that nothing is left (see {@link Lane})
   */
  constructor(
    fd: number,
    private readonly shortMeansDrained: boolean = false,
  ) {
    this.#fd = fd;
  }

  /** The calls that receive or accept. Lanes are made when first used: most of ten thousand idle sockets have none. */
  get input(): Lane {
    if (this.#input === undefined) {
      this.#input = new Lane(this);
      this.#input.shortMeansDrained = this.shortMeansDrained;
    }
    return this.#input;
  }

  /** The calls that send or connect. */
  get output(): Lane {
    this.#output ??= new Lane(this);
    return this.#output;
  }

  /**
   * The calls that read the error queue (`MSG_ERRQUEUE`). A lane of its own: the queue is empty while data is waiting, and
   * the other way round, so neither tells whether the other is ready.
   */
  get errors(): Lane {
    this.#errors ??= new Lane(this);
    return this.#errors;
  }

  /** The calls that wait for the urgent byte (`MSG_OOB`), which comes beside the stream: a lane for the same reason. */
  get urgent(): Lane {
    this.#urgent ??= new Lane(this);
    return this.#urgent;
  }

  /** The lane of an operation. */
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

  /** Whether calls wait in a lane, which is not made to find out. */
  isBusy(direction: EventMask): boolean {
    const lane =
      direction === POLLIN
        ? this.#input
        : direction === POLLOUT
          ? this.#output
          : direction === POLLERR
            ? this.#errors
            : this.#urgent;
    return lane?.isBusy === true;
  }

  /** The descriptor; -1 once closed or detached. */
  get fd(): number {
    return this.#fd;
  }

  /** Whether poll(2) reports that a send does not have to wait. An error that is reported as well says nothing of that. */
  get isWritable(): boolean {
    const events = binding.wait(this.#fd, POLLOUT, 0);
    return events > 0 && (events & POLLOUT) !== 0;
  }

  /**
   * Whether nothing more can be received. The events alone do not say so for good: a seqpacket socket reports POLLHUP
   * before it is connected (net/unix/af_unix.c, unix_dgram_poll).
   */
  get hasEnded(): boolean {
    if (!this.mightHaveEnded) return false;
    const events = binding.wait(this.#fd, POLLRDHUP, 0);
    this.mightHaveEnded = events > 0 && (events & (POLLRDHUP | POLLHUP)) !== 0;
    return events > 0 && (events & POLLRDHUP) !== 0;
  }

  /** Whether the next receive takes its result from {@link takePending} instead of the kernel. */
  get hasPending(): boolean {
    return this.#pending !== undefined;
  }

  /** How many received bytes are pending. */
  get pendingLength(): number {
    return this.#pending?.length ?? 0;
  }

  /** Keeps an error that a receive met behind data, for the next receive. */
  deferError(errno: number): void {
    this.#pending ??= new PendingInput();
    this.#pending.deferError(errno);
    this.input.offer(); // the kernel has forgotten the error, and reports no event for it
  }

  /** Gives back what a call that ended early has received: the next receive returns it. */
  putBack(bytes: Uint8Array): void {
    this.#pending ??= new PendingInput();
    this.#pending.putBack(bytes);
    this.input.offer();
  }

  /** Takes pending input: bytes, as many as fit, or the error. */
  takePending(buffers: readonly Uint8Array[], flags: number): number {
    const result = this.#pending!.take(buffers, flags);
    if (this.#pending!.isEmpty) this.#pending = undefined;
    return result;
  }

  /** Takes over the pending input of the handle that had this connection before. */
  inheritPending(from: PollHandle): void {
    this.#pending = from.#pending;
    from.#pending = undefined;
    if (this.#pending !== undefined) this.input.offer();
  }

  /** Whether waiting calls keep the process alive. */
  get isRef(): boolean {
    return this.#ref;
  }

  set isRef(ref: boolean) {
    if (ref === this.#ref) return;
    this.#ref = ref;
    if (this.#waiting === 0) return;
    (ref ? hold : release)();
    for (const lane of this.#lanes()) lane.setRef(ref);
  }

  /**
   * Calls `follower` when the descriptor is taken out of use, while its number is still its own: for those who watch it by
   * other means. Returns a function that stops that.
   */
  follow(follower: () => void): () => void {
    this.#followers ??= new Set();
    this.#followers.add(follower);
    return () => this.#followers?.delete(follower);
  }

  /** How many calls wait for this descriptor. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Called by the lanes for every waiter that comes (1) or goes (-1). */
  onWaiter(change: 1 | -1): void {
    this.#waiting += change;
    if (this.#ref && this.#waiting === (change === 1 ? 1 : 0)) (change === 1 ? hold : release)();
  }

  /** Registers the descriptor for the events of a lane. Output is added on demand: it would mostly be noise. */
  watch(lane: Lane): void {
    const events = this.#events | INPUT | (lane === this.#output ? POLLOUT : 0);
    if (events === this.#events) return;
    if (this.#id === 0) this.#id = watch(this.#fd, events, this);
    else checked(rewatch(this.#fd, this.#id, events), 'epoll_ctl');
    this.#events = events;
  }

  /** Called by the reactor. */
  onEvents(events: EventMask): void {
    if (events & (POLLPRI | POLLRDHUP | POLLHUP | POLLERR)) this.#noteException(events);
    // First, since reading the queue also clears the error that the next receive would fail with (ip(7), IP_RECVERR).
    if (events & (POLLERR | POLLHUP)) this.#errors?.wake();
    if (events & (POLLPRI | POLLERR | POLLHUP)) this.#urgent?.wake();
    // The urgent byte alone does not make a stream readable: a read would skip the mark and lose it (tcp_poll).
    if (events & ~(POLLOUT | POLLPRI)) this.#input?.wake();
    if (events & (POLLOUT | POLLHUP | POLLERR)) this.#output?.wake();
    if (this.#events & POLLOUT && this.#output?.isBusy !== true) this.#removeOutput();
  }

  /** Called by the reactor when no event will arrive any more: every waiting call fails. */
  onFailure(error: Error): void {
    this.#id = 0;
    this.#events = 0;
    for (const lane of this.#lanes()) lane.failAll(error);
  }

  #lanes(): Lane[] {
    return [this.#input, this.#output, this.#errors, this.#urgent].filter(lane => lane !== undefined);
  }

  /** An end or an error: reads succeed from now on (with 0, or the error), whatever a short read seemed to say. */
  #noteException(events: EventMask): void {
    this.input.shortMeansDrained = false;
    if (events & (POLLRDHUP | POLLHUP)) this.mightHaveEnded = true;
  }

  /** A descriptor that was closed behind our back is no error here: the next call reports it. */
  #removeOutput(): void {
    this.#events &= ~POLLOUT;
    rewatch(this.#fd, this.#id, this.#events);
  }

  /**
   * Takes the descriptor out of use, in this order: mark (later calls fail with EBADF), wake (every waiting call ends),
   * deregister. Only then may the number be closed or given away: from that moment the kernel can give it to someone else,
   * and no waiter or event of ours must meet them. Nothing here runs code that can throw.
   *
   * @param why how the waiting calls end
   * @returns the descriptor, -1 if it was taken out before
   */
  retire(why: EarlyEnd = 'closed'): number {
    const fd = this.#fd;
    this.#fd = -1;
    for (const lane of this.#lanes()) lane.endAll(why);
    if (this.#id !== 0) unwatch(fd, this.#id);
    this.#id = 0;
    this.#events = 0;
    const followers = this.#followers;
    this.#followers = undefined;
    // A mistake of one follower must keep neither the others nor close(2) from their work.
    for (const follower of followers ?? []) guarded(follower);
    return fd;
  }

  /** Retires and closes; 0, or -errno. */
  close(why: EarlyEnd = 'closed'): number {
    const fd = this.retire(why);
    return fd < 0 ? 0 : binding.close(fd);
  }

  /** Runs an operation in its lane. */
  run<T>(operation: Operation<T>): Promise<T> {
    if (this.#fd < 0) {
      endEarly(operation, 'failed'); // it might hold a batch, or have started to resolve a name
      return Promise.reject(operation.closed(false));
    }
    return this.laneOf(operation.direction).run(operation);
  }
}
