import { EAGAIN } from '../errors/codes.js';
import { attempt, Backoff } from './backoff.js';
import { Budget } from './budget.js';
import { type EarlyEnd, endEarly, FULL, type Operation, PREPARING, YIELD } from './operation.js';
import type { PollHandle } from './poll-handle.js';
import { defer } from './reactor.js';
import { Waiter } from './waiter.js';

/**
 * One direction of a descriptor: the calls that wait for it, in the order in which they were made, and what is known of
 * its readiness.
 *
 * An edge-triggered poller reports that something changed, once. So readiness has to be remembered: `ready` is true from
 * the event until the kernel returns EAGAIN. One more thing ends it: a short read from a TCP stream, after which the next
 * attempt could only return EAGAIN, so the system call is saved (epoll(7), question 9). That holds only for streams
 * without boundaries inside: a Unix stream read stops short at credentials or descriptors, a TCP read at the urgent mark
 * (`shortMeansDrained` is false from the first POLLPRI on). Data that arrives between the short read and this line makes
 * an event of its own, which sets `ready` again.
 *
 * Where no event tells when a send can go on (see backoff.ts), the call is repeated after a pause. Calls for other
 * receivers pass it.
 */
export class Lane {
  #head: Waiter<unknown> | undefined;
  #tail: Waiter<unknown> | undefined;
  #ready = true;
  readonly #budget = new Budget();
  #backoff: Backoff | undefined;
  /** How many of the waiting calls are to be refused when the lane has to wait. */
  #nonblocking = 0;
  /** Whether a short result means that nothing is left. */
  shortMeansDrained = true;

  constructor(private readonly handle: PollHandle) {}

  /** Whether a call is waiting here. */
  get isBusy(): boolean {
    return this.#head !== undefined;
  }

  /** Runs an operation: at once where that is possible, else when its turn has come and the descriptor is ready. */
  run<T>(operation: Operation<T>): Promise<T> {
    const { signal, timeout } = operation.wait;
    if (signal?.aborted) return this.#reject(operation, 'aborted', () => signal.reason);
    const isNonblocking = timeout === 0;
    let result = EAGAIN;
    if (this.#head === undefined ? this.#ready || isNonblocking : this.canPass(operation)) {
      result = this.#budget.isLeft ? this.#attempt(operation) : YIELD;
      if (result >= 0) return Promise.resolve(operation.finish(result));
      if (result === EAGAIN) this.#noteEmpty(operation);
      else if (result > YIELD) {
        this.#budget.spend(1); // a loop that ignores errors needs turns as well
        return this.#reject(operation, 'failed', () => operation.fail(result));
      }
      if (isNonblocking && (result === EAGAIN || result === FULL)) return this.#refused(operation);
    } else if (isNonblocking) {
      if (!this.#ready) return this.#refused(operation);
      result = YIELD; // in its turn it is served, or refused with the others that never wait
    }
    return this.#wait(operation, result);
  }

  #attempt(operation: Operation<unknown>): number {
    let result: number;
    try {
      result = attempt(operation, this.handle);
    } catch (error) {
      endEarly(operation, 'failed');
      throw error;
    }
    if (result >= 0) this.#note(operation, result);
    return result;
  }

  #refused<T>(operation: Operation<T>): Promise<T> {
    this.#budget.spend(1); // a loop of calls that never wait would otherwise never let the event arrive
    return this.#reject(operation, 'refused', () => operation.fail(EAGAIN));
  }

  #reject<T>(operation: Operation<T>, why: EarlyEnd, error: () => unknown): Promise<T> {
    const partial = endEarly(operation, why);
    return partial === undefined ? Promise.reject(error()) : Promise.resolve(partial.value);
  }

  #wait<T>(operation: Operation<T>, result: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter = new Waiter(operation, resolve, reject) as Waiter<unknown>;
      try {
        this.#append(waiter);
      } catch (error) {
        this.#ready = true; // no event will tell: the next call has to try
        endEarly(operation, 'failed');
        throw error;
      }
      if (result === YIELD) defer(this);
      else if (result === FULL) this.#pause(waiter);
    });
  }

  /** The descriptor is ready: serves the waiting calls until one has to wait again. */
  wake(): void {
    this.#ready = true;
    let full: Set<string> | undefined;
    for (let waiter = this.#head; waiter !== undefined && this.#ready; ) {
      const { next } = waiter;
      const { destination } = waiter.operation;
      // The receiver of '' is whoever the socket is connected to, which could be any of the others.
      if (full !== undefined && (!destination || full.has(''))) break;
      if (full === undefined || !full.has(destination!)) {
        if (waiter.until === 0) {
          if (!this.#budget.isLeft) {
            defer(this);
            return;
          }
          if (!this.#serve(waiter)) return;
        }
        if (waiter.until !== 0) {
          if (destination === undefined) break;
          full ??= new Set();
          full.add(destination);
        }
      }
      waiter = next;
    }
    this.#refuseNonblocking();
  }

  /** Something can be received that the kernel does not know of: the next call makes an attempt at once. */
  offer(): void {
    this.#ready = true;
    if (this.#head !== undefined) defer(this);
  }

  /**
   * The deadline of a waiter has passed. A thread that was busy gets to the timer before the events that arrived in the
   * meantime, so the descriptor is looked at once more.
   */
  expire(waiter: Waiter<unknown>): void {
    waiter.until = 0;
    this.wake();
    if (!waiter.isWaiting) return;
    const wasFirst = waiter === this.#head;
    this.#expired(waiter);
    this.#goOn(wasFirst);
  }

  #expired(waiter: Waiter<unknown>): void {
    this.#unlink(waiter);
    waiter.end('deadline', () => waiter.operation.expired(waiter.operation.wait.timeout!));
  }

  /** Ends the call of an operation with an error, wherever it waits. */
  cancel(operation: Operation<unknown>, error: unknown): void {
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      if (waiter.operation !== operation) continue;
      this.remove(waiter);
      waiter.end('failed', () => error);
      return;
    }
  }

  /** Takes out a waiter whose call ends early. */
  remove(waiter: Waiter<unknown>): void {
    const wasFirst = waiter === this.#head;
    this.#unlink(waiter);
    this.#goOn(wasFirst);
  }

  /** A call that ended early might have kept the next one from a descriptor that is ready. */
  #goOn(wasFirst: boolean): void {
    if (wasFirst && this.#head !== undefined && this.#ready) defer(this);
  }

  #unlink(waiter: Waiter<unknown>): void {
    waiter.isWaiting = false;
    if (waiter.previous === undefined) this.#head = waiter.next;
    else waiter.previous.next = waiter.next;
    if (waiter.next === undefined) this.#tail = waiter.previous;
    else waiter.next.previous = waiter.previous;
    if (waiter.isNonblocking) this.#nonblocking--;
    this.handle.onWaiter(-1);
  }

  /** Ends all waiting calls: the descriptor is taken out of use. */
  endAll(why: EarlyEnd): void {
    while (this.#head !== undefined) {
      const waiter = this.#head;
      this.#unlink(waiter);
      waiter.end(why, () => waiter.operation.closed(true));
    }
    this.#backoff?.clear();
  }

  /** Ends all waiting calls with an error: no event will arrive any more. */
  failAll(error: unknown): void {
    this.#ready = true; // so the next call has to try
    while (this.#head !== undefined) {
      const waiter = this.#head;
      this.#unlink(waiter);
      waiter.end('failed', () => error);
    }
    this.#backoff?.clear();
  }

  /** Lets the timers of the waiting calls keep the process alive, or not. */
  setRef(isRef: boolean): void {
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) waiter.setRef(isRef);
  }

  /** Makes one attempt for a waiter; false when the lane has to stop for now. */
  #serve(waiter: Waiter<unknown>): boolean {
    let result: number;
    try {
      result = attempt(waiter.operation, this.handle);
    } catch (error) {
      this.#unlink(waiter);
      waiter.end('failed', () => error);
      return true;
    }
    if (result === YIELD) {
      defer(this);
      return false;
    }
    if (result === PREPARING) return false; // it keeps its place: those behind it wait for it
    if (result === EAGAIN) {
      this.#noteEmpty(waiter.operation);
      this.#refuseNonblocking();
      return false;
    }
    if (result === FULL) {
      if (waiter.isNonblocking) this.#refuse(waiter);
      else this.#pause(waiter);
      return true;
    }
    this.#finish(waiter, result);
    return true;
  }

  #finish(waiter: Waiter<unknown>, result: number): void {
    if (result >= 0) this.#note(waiter.operation, result);
    else this.#budget.spend(1);
    this.#unlink(waiter);
    if (result < 0) waiter.end('failed', () => waiter.operation.fail(result));
    else waiter.settle(result);
  }

  /**
   * Serves the waiting calls for a Sync call that was made after them. The calling thread is blocked meanwhile, so the
   * event loop neither counts turns nor runs timers: deadlines that pass are looked at here.
   *
   * @returns what the first of them waits for; `'idle'` when all are done
   */
  serve(): 'idle' | 'event' | 'space' {
    while (this.#head !== undefined) {
      const waiter = this.#head;
      const result = this.#attemptBlocked(waiter);
      if (result === undefined || result === YIELD) continue;
      if (result !== EAGAIN && result !== FULL) {
        this.#finish(waiter, result);
        continue;
      }
      if (result === EAGAIN) this.#noteEmpty(waiter.operation);
      if (this.#endBlocked(waiter)) continue;
      if (result === EAGAIN) return waiter.operation.waitsFor === undefined ? 'event' : 'space';
      this.#pause(waiter); // so that a call for another receiver can pass it
      return 'space';
    }
    return 'idle';
  }

  /** When the first of the waiting calls has to end (`performance.now()`); `Infinity` where it has no limit. */
  get deadline(): number {
    return this.#head?.deadline ?? Number.POSITIVE_INFINITY;
  }

  /** Makes one attempt for a waiter, preparing it in this thread where needed; `undefined` if that ended the call. */
  #attemptBlocked(waiter: Waiter<unknown>): number | undefined {
    try {
      const result = attempt(waiter.operation, this.handle);
      if (result !== PREPARING) return result;
      waiter.operation.prepare!();
      return YIELD;
    } catch (error) {
      this.#unlink(waiter);
      waiter.end('failed', () => error);
      return undefined;
    }
  }

  /** Ends a call that would have to wait if it never waits, or if its deadline has passed; returns whether it did. */
  #endBlocked(waiter: Waiter<unknown>): boolean {
    if (waiter.isNonblocking) this.#refuse(waiter);
    else if (waiter.deadline <= performance.now()) this.#expired(waiter);
    else {
      this.#refuseNonblocking();
      return false;
    }
    return true;
  }

  #note(operation: Operation<unknown>, result: number): void {
    this.#budget.spend(operation.work === undefined ? 1 : operation.work(result));
    if (this.shortMeansDrained && operation.drained(result)) this.#ready = false;
  }

  /** `EAGAIN`: nothing is ready, unless the call looked elsewhere (beyond the first byte, with SO_PEEK_OFF). */
  #noteEmpty(operation: Operation<unknown>): void {
    this.#ready = !operation.drained(EAGAIN);
  }

  /** The lane has to wait: the calls in it that never wait are refused. */
  #refuseNonblocking(): void {
    for (let waiter = this.#head; waiter !== undefined && this.#nonblocking > 0; waiter = waiter.next) {
      if (waiter.isNonblocking) this.#refuse(waiter);
    }
  }

  #refuse(waiter: Waiter<unknown>): void {
    this.#unlink(waiter);
    waiter.end('refused', () => waiter.operation.fail(EAGAIN));
  }

  #append(waiter: Waiter<unknown>): void {
    this.handle.watch(this); // first, since it can throw
    waiter.previous = this.#tail;
    if (this.#tail === undefined) this.#head = waiter;
    else this.#tail.next = waiter;
    this.#tail = waiter;
    waiter.isWaiting = true;
    if (waiter.isNonblocking) this.#nonblocking++;
    this.handle.onWaiter(1);
    waiter.arm(this, this.handle.isRef);
  }

  /** Whether all waiting calls wait for other receivers than this call's. */
  canPass({ destination }: Operation<unknown>): boolean {
    if (!destination || this.#backoff?.isActive !== true) return false;
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      const other = waiter.operation.destination;
      if (!other || other === destination) return false;
    }
    return true;
  }

  #pause(waiter: Waiter<unknown>): void {
    const { progress = 0 } = waiter.operation;
    if (progress !== waiter.progress) waiter.pause = 0;
    waiter.progress = progress;
    this.#backoff ??= new Backoff(() => this.#repeat());
    this.#backoff.start(waiter);
  }

  /** A pause has ended: the calls whose pause it was are attempted again. */
  #repeat(): void {
    const now = performance.now() + 1; // timers count in whole milliseconds
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      if (waiter.until > now) this.#backoff!.resume(waiter);
      else waiter.until = 0;
    }
    this.wake();
  }
}
