import { rememberCaller, withCaller } from '../errors/caller.js';
import { SocketError } from '../errors/errors.js';
import type { Operation } from '../reactor/operation.js';
import { capture, settlers } from '../reactor/settlers.js';
import { Waiter } from '../reactor/waiter.js';
import type { AnyCore } from './core.js';

/** The result of the last step. */
export const DONE: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/** What an iterator over received data does in each step. Iterators with the same options share it. */
export interface Receiving<T> {
  /** Creates an operation. When it has ended, it is run again. */
  create(core: AnyCore): Operation<T>;
  /** Returns whether a value marks the end of the data. */
  isEnd?(value: T): boolean;
  /** Ends the use of the last value: it is called before each step, and at the end. */
  release?(): void;
}

/**
 * Iterates over received data until its end, or until this process closes the socket.
 *
 * A step that does not have to wait creates one promise and its result. This matters while data arrives faster than it is
 * read: the garbage collector stops the program for a millisecond or more, and delays timers and other sockets.
 */
export class OperationIterator<T> implements AsyncIterableIterator<T> {
  #isOver = false;
  /** A step that is not in use. A loop makes one step at a time. */
  #free: Step<T> | undefined;

  constructor(
    readonly core: AnyCore,
    private readonly receiving: Receiving<T>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    this.receiving.release?.();
    if (this.#isOver || this.core.fd < 0) return Promise.resolve(DONE);
    const step = this.#free ?? new Step(this.receiving.create(this.core), this);
    this.#free = undefined;
    return step.run();
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#end();
    return DONE;
  }

  #end(): void {
    this.#isOver = true;
    this.receiving.release?.();
  }

  /** Returns the result of a step that has ended with a value. */
  received(step: Step<T>, value: T): IteratorResult<T, undefined> {
    this.#free = step;
    if (this.receiving.isEnd?.(value) !== true) return { done: false, value };
    this.#end();
    return DONE;
  }

  /** Ends the loop. Returns whether it ends without an error: closing the socket is the regular way to end it. */
  failed(error: unknown): boolean {
    this.#isOver = true;
    return this.core.fd < 0 && error instanceof SocketError && error.code === 'EBADF';
  }
}

/**
 * A step of a loop, which can be made again when it has ended. It waits in the lane itself, so that an idle connection has
 * one object for both.
 */
class Step<T> extends Waiter<T> {
  #caller: ReturnType<typeof rememberCaller>;
  /** The outcome of a step that did not have to wait. */
  #outcome: Promise<IteratorResult<T, undefined>> | undefined;
  /** The functions of the promise of a step that waits. */
  #resolve: ((result: IteratorResult<T, undefined>) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  constructor(
    operation: Operation<T>,
    private readonly loop: OperationIterator<T>,
  ) {
    super(operation);
  }

  run(): Promise<IteratorResult<T, undefined>> {
    this.#caller = rememberCaller();
    this.#outcome = undefined;
    this.#resolve = undefined;
    this.#start();
    if (this.#outcome !== undefined) return this.#outcome;
    const promise = new Promise<IteratorResult<T, undefined>>(capture);
    const { resolve, reject } = settlers<IteratorResult<T, undefined>>();
    this.#resolve = resolve;
    this.#reject = reject;
    return promise;
  }

  #start(): void {
    const { handle } = this.loop.core;
    const { timeout, signal } = this.operation.wait;
    if (timeout === null && signal === undefined) handle.startWaiter(this);
    else
      handle.run(this.operation).then(
        value => this.resolve(value),
        error => this.reject(error),
      );
  }

  override resolve(value: T): void {
    const resolve = this.#resolve; // of this step: from here on it can be made again
    const result = this.loop.received(this, value);
    if (resolve === undefined) this.#outcome = Promise.resolve(result);
    else resolve(result);
  }

  override reject(error: unknown): void {
    const isDone = this.loop.failed(error);
    if (this.#resolve === undefined)
      this.#outcome = isDone ? Promise.resolve(DONE) : Promise.reject(this.#shown(error));
    else if (isDone) this.#resolve(DONE);
    else this.#reject!(this.#shown(error));
  }

  #shown(error: unknown): unknown {
    return withCaller(error, this.#caller);
  }
}
