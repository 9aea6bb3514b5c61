import { binding } from '../binding.js';
import { ETIMEDOUT } from '../errors/codes.js';
import { checked, closedError, type SocketError, socketError } from '../errors/errors.js';
import { type EventMask, POLLIN } from '../reactor/events.js';
import type { EarlyEnd, Operation, Wait } from '../reactor/operation.js';
import { PollHandle } from '../reactor/poll-handle.js';
import { defer } from '../reactor/reactor.js';
import type { WaitOptions } from '../reactor/wait-options.js';

/** The largest number of events of one collection: BK_EVENTS_MAX of native/core/poller.h. */
export const MAX_EVENTS: number = binding.eventsMax;

/** The result of a collection: pairs of `(id, events)`. The next collection overwrites it. */
export const collected: Int32Array = new Int32Array(2 * MAX_EVENTS);
const memory = new Uint8Array(collected.buffer);
const BYTES_PER_PAIR = 8;

/**
 * An epoll instance beside the thread's own, for descriptors that other code reads and writes. Its descriptor is readable
 * when a member has an event (epoll(7), question 3), so promises wait for it as for any other descriptor.
 */
export class Poller {
  readonly #handle = new PollHandle(checked(binding.pollerNew(), 'epoll_create1'));

  /** The descriptor of the epoll instance; -1 once closed. */
  get fd(): number {
    return this.#handle.fd;
  }

  /** Whether waiting promises keep the process alive. */
  get isRef(): boolean {
    return this.#handle.isRef;
  }

  set isRef(isRef: boolean) {
    this.#handle.isRef = isRef;
  }

  /** Adds a descriptor. Returns 0 or -errno: `EPERM` for files, which are always ready. */
  add(fd: number, id: number, events: number): number {
    return binding.pollerAdd(this.fd, fd, id, events);
  }

  /** Changes the events of a descriptor. Returns 0 or -errno. */
  modify(fd: number, id: number, events: number): number {
    return binding.pollerModify(this.fd, fd, id, events);
  }

  /** Removes a descriptor. Returns 0 or -errno. */
  remove(fd: number): number {
    return binding.pollerRemove(this.fd, fd);
  }

  /** Collects 1 to {@link MAX_EVENTS} events into {@link collected}. Returns how many, or -errno. */
  collect(max: number): number {
    const target = max === MAX_EVENTS ? memory : memory.subarray(0, max * BYTES_PER_PAIR);
    return binding.pollerCollect(this.fd, target);
  }

  /** Runs an operation when the poller is readable. */
  run<T>(operation: PollerOperation<T>): Promise<T> {
    return this.#handle.run(operation);
  }

  /** Makes waiting operations try again: something changed without an event. */
  wake(): void {
    defer(this.#handle.input);
  }

  /** Closes the descriptor and rejects waiting operations. */
  close(): void {
    this.#handle.close();
  }
}

/** An operation that waits for a poller: epoll_wait(2). */
export abstract class PollerOperation<T> implements Operation<T> {
  readonly direction: EventMask = POLLIN;
  readonly wait: Wait;

  constructor({ timeout, signal }: WaitOptions) {
    this.wait = { timeout: timeout ?? null, signal };
  }

  abstract attempt(): number;
  abstract finish(): T;
  /** The result when the deadline has passed. */
  protected abstract nothing(): T;

  partial(why: EarlyEnd): T | undefined {
    return why === 'deadline' ? this.nothing() : undefined;
  }

  fail(errno: number): SocketError {
    return socketError(errno, { syscall: 'epoll_wait' });
  }

  expired(): SocketError {
    return this.fail(ETIMEDOUT);
  }

  closed(whileWaiting: boolean): SocketError {
    return closedError(
      'epoll_wait',
      whileWaiting ? 'the selector was closed while the call waited' : 'the selector is closed',
    );
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
