import { EAGAIN } from '../errors/codes.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { FULL, type Operation, refusal, YIELD } from './operation.js';
import { attempt, Pauses } from './pauses.js';
import { currentTurn, defer } from './reactor.js';
import type { Waitable } from './waitable.js';
import { Waiter } from './waiter.js';

/**
 * How many results a lane gives in one turn of the event loop before others have theirs. A promise that is already
 * resolved continues as a microtask, so a peer that sends faster than we read would otherwise keep every timer and
 * every other socket waiting for ever.
 */
const SHARE = 64;

/**
 * One direction of a socket: the calls that wait for it, first come, first served, and what is known of its readiness.
 *
 * `ready` is the whole trick of an edge-triggered poller. An event says only that something changed, so readiness has
 * to be remembered: `ready` is true from the event until the kernel says EAGAIN. One more thing ends it: a short read
 * from a TCP stream, after which the next attempt could only say EAGAIN, so the system call is saved (epoll(7),
 * question 9). That holds only for streams that have no boundaries inside: a Unix stream read stops short at
 * credentials or descriptors, a TCP read at the urgent mark (`exact` is false from the first POLLPRI on). Something
 * may have arrived between the short read and this line; then its event is still to come, and sets `ready` again.
 *
 * A lane of sends has to know one thing more. poll(2) asks only the sender's memory, and not whether the receiver's
 * queue is full: so it is for Unix datagrams that are not for the connected peer (net/unix/af_unix.c, unix_dgram_poll),
 * and for netlink messages to another process. The send says EAGAIN, and no event will tell when that changes; what is
 * worse, a Unix socket reports that it is writable because the attempt gave its own memory back. So such a call looks
 * again after a pause, and events are not for it. Calls for other receivers pass it.
 */
export class Lane {
  #head: Waiter<unknown> | undefined;
  #tail: Waiter<unknown> | undefined;
  #ready = true;
  #turn = 0;
  #given = 0;
  #pauses: Pauses | undefined;
  /** How many of the calls in the lane may not wait. */
  #impatient = 0;
  /** Whether a short result may be taken to mean that nothing is left. */
  exact = true;

  constructor(private readonly waitable: Waitable) {}

  /** Whether a call is waiting here. */
  get isBusy(): boolean {
    return this.#head !== undefined;
  }

  /** Runs an operation: at once where it can, else when its turn has come and the socket is ready. */
  run<T>(operation: Operation<T>, wait: WaitOptions): Promise<T> {
    if (wait.signal?.aborted) return Promise.reject(wait.signal.reason);
    const once = operation.once === true || wait.timeout === 0;
    let yielded = false;
    let isFull = false;
    if (this.#head === undefined ? this.#ready || once : this.#mayPass(operation)) {
      if (this.#mayGive()) {
        const result = attempt(operation, this.waitable);
        if (result >= 0) {
          this.#note(operation, result);
          return Promise.resolve(operation.finish(result));
        }
        yielded = result === YIELD;
        isFull = result === FULL;
        if (result === EAGAIN) this.#noteEmpty(operation);
        else if (!yielded && !isFull) return Promise.reject(refusal(operation, result));
        if (!yielded && once) return Promise.reject(operation.fail(EAGAIN));
      } else {
        yielded = true;
      }
    } else if (once) {
      if (!this.#ready) return Promise.reject(operation.fail(EAGAIN));
      yielded = true; // in its turn it is served, or refused with those who may not wait
    }
    return new Promise((resolve, reject) => {
      const waiter = new Waiter(operation, resolve, reject, once);
      try {
        this.#append(waiter as Waiter<unknown>, wait);
      } catch (error) {
        operation.abandon?.();
        throw error;
      }
      if (yielded) defer(this);
      else if (isFull) this.#pause(waiter as Waiter<unknown>);
    });
  }

  /** The socket is ready: serves those who wait until one has to wait again. */
  wake(): void {
    this.#ready = true;
    let left = SHARE;
    let full: Set<string> | undefined;
    for (let waiter = this.#head; waiter !== undefined && this.#ready; ) {
      const { next } = waiter;
      const { destination } = waiter.operation;
      if (full !== undefined && destination === undefined) break;
      if (full === undefined || !full.has(destination!)) {
        if (waiter.until === 0 && left-- === 0) {
          defer(this);
          return;
        }
        if (waiter.until === 0 && !this.#serve(waiter)) return;
        if (waiter.until !== 0) {
          if (destination === undefined) break;
          full ??= new Set();
          full.add(destination);
        }
      }
      waiter = next;
    }
    this.#refuse();
  }

  /** There is something, although the kernel has not said so: whoever comes next is to look. */
  offer(): void {
    this.#ready = true;
  }

  /**
   * The time of a waiter is over. A thread that was busy meets the timer before the events that came meanwhile; so
   * the socket is looked at once more.
   */
  expire(waiter: Waiter<unknown>): void {
    waiter.until = 0;
    this.wake();
    if (!waiter.waits) return;
    this.remove(waiter);
    waiter.timeOut();
  }

  /** Takes out a waiter that gave up, wherever it stands. */
  remove(waiter: Waiter<unknown>): void {
    const wasFirst = waiter === this.#head;
    this.#unlink(waiter);
    // Its place may have kept the next one from a socket that is ready.
    if (wasFirst && this.#head !== undefined && this.#ready) defer(this);
  }

  #unlink(waiter: Waiter<unknown>): void {
    waiter.waits = false;
    if (waiter.previous === undefined) this.#head = waiter.next;
    else waiter.previous.next = waiter.next;
    if (waiter.next === undefined) this.#tail = waiter.previous;
    else waiter.next.previous = waiter.previous;
    if (waiter.once) this.#impatient--;
    this.waitable.onWaiter(-1);
  }

  /** Ends all waits with an error: the socket is closing. */
  rejectAll(error: (operation: Operation<unknown>) => Error): void {
    while (this.#head !== undefined) {
      const waiter = this.#head;
      this.#unlink(waiter);
      waiter.settleWith(error(waiter.operation));
    }
    this.#pauses?.clear();
  }

  /** One attempt for the first in the lane; false when the lane has to stop for now. */
  #serve(waiter: Waiter<unknown>): boolean {
    let result: number;
    try {
      result = attempt(waiter.operation, this.waitable);
    } catch (error) {
      this.#unlink(waiter);
      waiter.settleWith(error);
      return true;
    }
    if (result === YIELD) {
      defer(this);
      return false;
    }
    if (result === EAGAIN) {
      this.#noteEmpty(waiter.operation);
      this.#refuse();
      return false;
    }
    if (result === FULL && !waiter.once) {
      this.#pause(waiter);
      return true;
    }
    if (result >= 0) this.#note(waiter.operation, result);
    this.#unlink(waiter);
    waiter.settle(result === FULL ? EAGAIN : result);
    return true;
  }

  #note(operation: Operation<unknown>, result: number): void {
    if (this.exact && operation.drained(result)) this.#ready = false;
  }

  /** `EAGAIN`: nothing is ready, unless the call looked elsewhere (beyond the first byte, with SO_PEEK_OFF). */
  #noteEmpty(operation: Operation<unknown>): void {
    this.#ready = !operation.drained(EAGAIN);
  }

  /** The lane has to wait: those in it that may not are told so. */
  #refuse(): void {
    for (let waiter = this.#head; waiter !== undefined && this.#impatient > 0; waiter = waiter.next) {
      if (!waiter.once) continue;
      this.#unlink(waiter);
      waiter.settle(EAGAIN);
    }
  }

  #mayGive(): boolean {
    const turn = currentTurn();
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#given = 0;
    }
    return this.#given++ < SHARE;
  }

  #append(waiter: Waiter<unknown>, wait: WaitOptions): void {
    this.waitable.watch(this); // first, since it may throw
    waiter.previous = this.#tail;
    if (this.#tail === undefined) this.#head = waiter;
    else this.#tail.next = waiter;
    this.#tail = waiter;
    waiter.waits = true;
    if (waiter.once) this.#impatient++;
    this.waitable.onWaiter(1);
    waiter.arm(this, wait, this.waitable.isRef);
  }

  /** Whether all who wait here wait for other receivers than this call's. */
  #mayPass({ destination }: Operation<unknown>): boolean {
    if (destination === undefined || this.#pauses?.any !== true) return false;
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      const other = waiter.operation.destination;
      if (other === undefined || other === destination) return false;
    }
    return true;
  }

  #pause(waiter: Waiter<unknown>): void {
    this.#pauses ??= new Pauses(() => this.#lookAgain());
    this.#pauses.begin(waiter);
  }

  /** Some pause is over: those whose it is have their turn again. */
  #lookAgain(): void {
    const now = performance.now() + 1; // timers count in whole milliseconds
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      if (waiter.until > now) this.#pauses!.resume(waiter);
      else waiter.until = 0;
    }
    this.wake();
  }
}
