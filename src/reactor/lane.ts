import { EAGAIN } from '../errors/codes.js';
import { attempt, Backoff } from './backoff.js';
import { Budget, USUAL_WORK } from './budget.js';
import { type EventMask, POLLOUT } from './events.js';
import { type EarlyEnd, endEarly, FULL, type Operation, PREPARING, YIELD } from './operation.js';
import type { PollHandle } from './poll-handle.js';
import { defer, settleLater } from './reactor.js';
import { capture, settlers } from './settlers.js';
import { CallWaiter, type Waiter } from './waiter.js';

/**
 * One direction of a file descriptor: the waiting calls in the order in which they were made, and the known
 * readiness.
 *
 * An edge-triggered poller reports each change once, so the lane must store the readiness: `ready` is true from the
 * event until the kernel returns EAGAIN. A short read from a TCP stream also ends it, because the next attempt could
 * only return EAGAIN; this saves a system call (epoll(7), question 9). Data that arrives after the short read causes
 * a new event, which sets `ready` again.
 *
 * A short read only ends the readiness of streams without boundaries. A read from a Unix stream stops at credentials
 * or descriptors, and a read from TCP stops at the urgent mark: `shortMeansDrained` is false after the first POLLPRI.
 *
 * If no event reports when a send call can continue (see backoff.ts), the call is repeated after a pause. Calls for
 * other receivers do not wait for it.
 */
export class Lane {
  #head: Waiter<unknown> | undefined;
  #tail: Waiter<unknown> | undefined;
  #ready = true;
  readonly #budget = new Budget();
  #backoff: Backoff | undefined;
  /** The number of waiting calls that fail when the lane has to wait. */
  #nonblocking = 0;
  /** Whether a short result means that no data is left. */
  shortMeansDrained = true;

  constructor(private readonly handle: PollHandle) {}

  /** Whether a call is waiting. */
  get isBusy(): boolean {
    return this.#head !== undefined;
  }

  /** Runs an operation: immediately if possible, otherwise after the calls before it, when the descriptor is ready. */
  run<T>(operation: Operation<T>): Promise<T> {
    // No closure here: one would make V8 allocate a context for each call.
    const { signal, timeout } = operation.wait;
    if (signal?.aborted) return this.#aborted(operation, signal);
    const isNonblocking = timeout === 0;
    let result = EAGAIN;
    if (this.#head === undefined ? this.#ready || isNonblocking : this.canPass(operation)) {
      result = this.#budget.isLeft ? this.#attempt(operation) : YIELD;
      if (result >= 0) return this.settled(operation.finish(result), operation.direction);
      if (result === EAGAIN) this.#noteEmpty(operation);
      else if (result > YIELD) return this.#failed(operation, result);
      if (isNonblocking && (result === EAGAIN || result === FULL)) return this.#refused(operation);
    } else if (isNonblocking) {
      if (!this.#ready) return this.#refused(operation);
      result = YIELD; // in its turn it is served, or refused with the others that never wait
    }
    return this.#wait(operation, result);
  }

  /** Whether a call can make its first attempt without an operation: none waits, and the descriptor might be ready. */
  get isFree(): boolean {
    return this.#head === undefined && this.#ready && this.#budget.isLeft;
  }

  /**
   * Returns the promise of a call that has succeeded at its first attempt. If a call that sends has used up the work of the
   * turn, its promise is settled in the next one. Otherwise the call after it would have to wait there, which costs several
   * times as much. The data of a call that receives is never held back.
   */
  settled<T>(value: T, direction: EventMask): Promise<T> {
    return direction !== POLLOUT || this.#budget.isLeft ? Promise.resolve(value) : settleLater(value);
  }

  /**
   * Records a successful call without an operation.
   *
   * @param work as {@link Operation.work} returns it
   * @param isDrained as {@link Operation.drained} returns it
   */
  noteDirect(work: number, isDrained: boolean): void {
    this.#budget.spend(work);
    if (isDrained && this.shortMeansDrained) this.#ready = false;
  }

  /** Runs an operation whose first attempt was made without it. The result is `EAGAIN` or an errno. */
  resume<T>(operation: Operation<T>, result: number): Promise<T> {
    if (result !== EAGAIN) return this.#failed(operation, result);
    this.#noteEmpty(operation);
    return this.#wait(operation, result);
  }

  #aborted<T>(operation: Operation<T>, signal: AbortSignal): Promise<T> {
    return this.#reject(operation, 'aborted', () => signal.reason);
  }

  #failed<T>(operation: Operation<T>, errno: number): Promise<T> {
    this.#budget.spend(USUAL_WORK); // a loop that ignores errors needs turns as well
    return this.#reject(operation, 'failed', () => operation.fail(errno));
  }

  /**
   * Runs an operation as {@link run} does, and passes its outcome to its waiter instead of a promise: before it returns if
   * the operation does not have to wait, otherwise during the event.
   *
   * @param waiter does not wait now, and waits without a limit
   */
  start<T>(waiter: Waiter<T>): void {
    const { operation } = waiter;
    let result = EAGAIN;
    if (this.#head === undefined ? this.#ready : this.canPass(operation)) {
      result = this.#budget.isLeft ? this.#attempt(operation) : YIELD;
      if (result >= 0) {
        waiter.resolve(operation.finish(result));
        return;
      }
      if (result === EAGAIN) this.#noteEmpty(operation);
      else if (result > YIELD) {
        this.#budget.spend(USUAL_WORK);
        endEarly(operation, 'failed');
        waiter.reject(operation.fail(result));
        return;
      }
    }
    waiter.reset();
    this.#park(waiter as Waiter<unknown>, result);
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
    this.#budget.spend(USUAL_WORK); // a loop of calls that never wait would otherwise never let the event arrive
    return this.#reject(operation, 'refused', () => operation.fail(EAGAIN));
  }

  #reject<T>(operation: Operation<T>, why: EarlyEnd, error: () => unknown): Promise<T> {
    const partial = endEarly(operation, why);
    return partial === undefined ? Promise.reject(error()) : Promise.resolve(partial.value);
  }

  #wait<T>(operation: Operation<T>, result: number): Promise<T> {
    const promise = new Promise<T>(capture);
    const { resolve, reject } = settlers<T>();
    try {
      this.#park(new CallWaiter(operation, resolve, reject) as Waiter<unknown>, result);
    } catch (error) {
      reject(error);
    }
    return promise;
  }

  /** Makes a call wait whose last attempt had this result. */
  #park(waiter: Waiter<unknown>, result: number): void {
    try {
      this.#append(waiter, result !== YIELD);
    } catch (error) {
      this.#ready = true; // no event will tell: the next call has to try
      endEarly(waiter.operation, 'failed');
      throw error;
    }
    if (result === YIELD) defer(this);
    else if (result === FULL) this.#pause(waiter);
  }

  /** Serves the waiting calls until one has to wait again. The reactor calls this when the descriptor is ready. */
  wake(): void {
    this.#ready = true;
    this.#serveAll();
  }

  #serveAll(): void {
    let full: Set<string> | undefined;
    for (let waiter = this.#head; waiter !== undefined && this.#ready; ) {
      const { next } = waiter;
      if (full !== undefined && !canOvertake(waiter, full)) break;
      if (full === undefined || !full.has(waiter.operation.destination!)) {
        if (waiter.until === 0) {
          if (!this.#budget.isLeft) {
            defer(this);
            return;
          }
          if (!this.#serve(waiter)) return;
        }
        if (waiter.until !== 0) {
          const { destination } = waiter.operation;
          if (destination === undefined) break;
          full ??= new Set();
          full.add(destination);
        }
      }
      // A waiter without a promise runs code of the program, which can have ended the next call, or made it wait again.
      waiter = full === undefined || next?.isWaiting === false ? this.#head : next;
    }
    this.#refuseNonblocking();
  }

  /** Makes the next call attempt immediately: there is pending input that the kernel does not report. */
  offer(): void {
    this.#ready = true;
    if (this.#head !== undefined) defer(this);
  }

  /**
   * Ends a waiter whose deadline has passed. If the thread was busy, the timer runs before the events that have
   * arrived meanwhile, so the descriptor is checked once more, also if the share of this turn is used up.
   */
  expire(waiter: Waiter<unknown>): void {
    waiter.until = 0;
    this.#ready = true;
    this.#serveAll();
    if (waiter === this.#head && this.#ready) this.#serve(waiter);
    if (!waiter.isWaiting) return;
    const wasFirst = waiter === this.#head;
    this.#expired(waiter);
    this.#goOn(wasFirst);
  }

  #expired(waiter: Waiter<unknown>): void {
    this.#unlink(waiter);
    waiter.end('deadline', () => waiter.operation.expired(waiter.operation.wait.timeout!));
  }

  /** Ends the call of an operation with an error. */
  cancel(operation: Operation<unknown>, error: unknown): void {
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      if (waiter.operation !== operation) continue;
      this.remove(waiter);
      waiter.end('failed', () => error);
      return;
    }
  }

  /** Removes a waiter whose call ends early. */
  remove(waiter: Waiter<unknown>): void {
    const wasFirst = waiter === this.#head;
    this.#unlink(waiter);
    this.#goOn(wasFirst);
  }

  /** Serves the next call if a call that ended early has blocked it while the descriptor was ready. */
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

  /** Ends all waiting calls, because the descriptor is taken out of use. */
  endAll(why: EarlyEnd): void {
    while (this.#head !== undefined) {
      const waiter = this.#head;
      this.#unlink(waiter);
      waiter.end(why, () => waiter.operation.closed(true));
    }
    this.#backoff?.clear();
  }

  /** Ends all waiting calls with an error, because no event will arrive any more. */
  failAll(error: unknown): void {
    this.#ready = true; // so the next call has to try
    while (this.#head !== undefined) {
      const waiter = this.#head;
      this.#unlink(waiter);
      waiter.end('failed', () => error);
    }
    this.#backoff?.clear();
  }

  /** Sets whether the timers of the waiting calls keep the process alive. */
  setRef(isRef: boolean): void {
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) waiter.setRef(isRef);
  }

  /** Makes one attempt for a waiter. Returns false if the lane has to stop for now. */
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
      if (!this.#watch(waiter)) return true;
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
    else this.#budget.spend(USUAL_WORK);
    this.#unlink(waiter);
    if (result < 0) fail(waiter, result);
    else waiter.settle(result);
  }

  /**
   * Serves the waiting calls for a Sync call that was made after them. The thread is blocked, so the event loop
   * neither counts turns nor runs timers: this method checks the deadlines.
   *
   * @returns what the first waiting call waits for; `'idle'` if all are done
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
      if (result === EAGAIN) {
        if (!this.#watch(waiter)) continue;
        this.#noteEmpty(waiter.operation);
      }
      if (this.#endBlocked(waiter)) continue;
      if (result === EAGAIN) return waiter.operation.waitsFor === undefined ? 'event' : 'space';
      this.#pause(waiter); // so that a call for another receiver can pass it
      return 'space';
    }
    return 'idle';
  }

  /** The deadline of the first waiting call (`performance.now()`); `Infinity` if it has no limit. */
  get deadline(): number {
    return this.#head?.deadline ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Makes one attempt for a waiter, and prepares it in this thread if necessary. Returns `undefined` if that ended
   * the call.
   */
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

  /**
   * Ends a call that would have to wait, if it never waits or its deadline has passed. Returns whether it ended the
   * call.
   */
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
    const work = operation.work === undefined ? USUAL_WORK : operation.work(result);
    this.#budget.spend(work);
    if (this.shortMeansDrained && operation.drained(result)) this.#ready = false;
  }

  /** Registers for the event that a call waits for. If that fails, the call ends, and the result is false. */
  #watch(waiter: Waiter<unknown>): boolean {
    try {
      this.handle.watch(this);
      return true;
    } catch (error) {
      this.#unlink(waiter);
      waiter.end('failed', () => error);
      return false;
    }
  }

  /** Records after `EAGAIN` that nothing is ready, unless the call did not look at the first byte (SO_PEEK_OFF). */
  #noteEmpty(operation: Operation<unknown>): void {
    this.#ready = !operation.drained(EAGAIN);
  }

  /** Ends the waiting calls that never wait, because the lane has to wait. */
  #refuseNonblocking(): void {
    for (let waiter = this.#head; waiter !== undefined && this.#nonblocking > 0; waiter = waiter.next) {
      if (waiter.isNonblocking) this.#refuse(waiter);
    }
  }

  #refuse(waiter: Waiter<unknown>): void {
    this.#unlink(waiter);
    waiter.end('refused', () => waiter.operation.fail(EAGAIN));
  }

  /**
   * Adds a waiter. One that only lets others run needs no event: registering a socket for output, and removing it again,
   * would cost several times the turn of the event loop.
   */
  #append(waiter: Waiter<unknown>, needsEvent: boolean): void {
    if (needsEvent || !this.handle.isWatched) this.handle.watch(this); // first, since it can throw
    waiter.previous = this.#tail;
    if (this.#tail === undefined) this.#head = waiter;
    else this.#tail.next = waiter;
    this.#tail = waiter;
    waiter.isWaiting = true;
    if (waiter.isNonblocking) this.#nonblocking++;
    this.handle.onWaiter(1);
    waiter.arm(this, this.handle.isRef);
  }

  /** Returns whether all waiting calls have other receivers than this call. */
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

  /** Repeats the calls whose pause has ended. */
  #repeat(): void {
    const now = performance.now() + 1; // timers count in whole milliseconds
    for (let waiter = this.#head; waiter !== undefined; waiter = waiter.next) {
      if (waiter.until > now) this.#backoff!.resume(waiter);
      else waiter.until = 0;
    }
    this.wake();
  }
}

/**
 * Returns whether a call can be made although the queues of other receivers are full. `''` stands for the connected peer,
 * which could be any of them.
 */
function canOvertake({ operation }: Waiter<unknown>, full: ReadonlySet<string>): boolean {
  const { destination } = operation;
  return destination !== undefined && destination !== '' && !full.has('');
}

function fail(waiter: Waiter<unknown>, errno: number): void {
  waiter.end('failed', () => waiter.operation.fail(errno));
}
