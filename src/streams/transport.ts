import { AsyncResource } from 'node:async_hooks';
import type { Operation } from '../reactor/operation.js';
import { Waiter } from '../reactor/waiter.js';
import type { AnyCore } from '../socket/core.js';
import { guarded } from './guarded.js';
import { SendWritten } from './send-written.js';

/** The callback of a write. */
export type Callback = (error?: Error | null) => void;

/** What a transport tells its stream. */
export interface TransportEvents<S> {
  /** Takes what a receive call has returned. It can run code of the program. */
  onArrival(stream: S, arrival: unknown): void;
  /** Takes the error of a receive call. */
  onReceiveError(stream: S, error: unknown): void;
  /** Counts bytes that were sent. */
  onSent(stream: S, bytes: number): void;
  /** Returns the error that the callback of a write gets. */
  sendErrorOf(stream: S, error: unknown): Error;
}

// The calls of a connection wait in the lane themselves, and are made again. A server has a transport per connection, so it
// has no functions of its own.

class ReceiveCall extends Waiter<unknown> {
  constructor(
    operation: Operation<unknown>,
    private readonly transport: Transport<unknown>,
  ) {
    super(operation);
  }

  override resolve(arrival: unknown): void {
    this.transport.onArrival(arrival);
  }

  override reject(error: unknown): void {
    this.transport.onReceiveError(error);
  }
}

class SendCall extends Waiter<void> {
  constructor(
    override readonly operation: SendWritten,
    private readonly transport: Transport<unknown>,
  ) {
    super(operation);
  }

  override resolve(): void {
    this.transport.onSendEnd();
  }

  override reject(error: unknown): void {
    this.transport.onSendError(error);
  }
}

/**
 * Receives and sends for a stream, without promises: calls end in the turn of their event. A stream makes one receive call
 * and one write at a time.
 */
export class Transport<S> {
  /** The asynchronous context in which listeners and callbacks run: the one that opened the connection. */
  readonly #context = new AsyncResource('BerkeleyStream');
  /** The last receive call. */
  #receive: ReceiveCall | undefined;
  /** The operation of the receive call that waits. */
  #receiving: Operation<unknown> | undefined;
  /** The result of a receive call that is not delivered yet. */
  #arrival: unknown;
  #isStarting = false;
  #isOver = false;
  #isSending = false;
  #send: SendCall | undefined;
  /** The callback of the write that is not complete. */
  #callback: Callback | undefined;

  constructor(
    readonly core: AnyCore,
    private readonly stream: S,
    private readonly events: TransportEvents<S>,
  ) {}

  // ---- Receiving ----

  /** Whether a receive call waits, or its result is not delivered yet. */
  get isReceiving(): boolean {
    return this.#receiving !== undefined || this.#arrival !== undefined;
  }

  /** Starts a receive call. */
  receive(operation: Operation<unknown>): void {
    this.#receiving = operation;
    this.#isStarting = true;
    if (this.#receive?.operation !== operation)
      this.#receive = new ReceiveCall(operation, this as Transport<unknown>);
    this.core.handle.startWaiter(this.#receive);
    this.#isStarting = false;
  }

  /** Takes the result of the receive call. */
  onArrival(arrival: unknown): void {
    this.#receiving = undefined;
    this.#arrival = arrival;
    // A stream that gets data inside _read() would emit 'end' before its reader has written the answer.
    if (this.#isStarting) queueMicrotask(() => this.#deliver());
    else this.#deliver();
  }

  #deliver(): void {
    if (this.#arrival !== undefined && !this.#isOver) this.#context.runInAsyncScope(this.#take, this);
  }

  #take(): void {
    const arrival = this.#arrival;
    this.#arrival = undefined; // first, since a listener can destroy the stream
    this.events.onArrival(this.stream, arrival);
  }

  /** Takes the error of the receive call. */
  onReceiveError(error: unknown): void {
    if (this.#receiving === undefined) return; // it was stopped
    this.#receiving = undefined;
    if (!this.#isOver) process.nextTick(() => this.#failed(error));
  }

  #failed(error: unknown): void {
    if (!this.#isOver) this.events.onReceiveError(this.stream, error);
  }

  /** Ends the receive call that waits. Data that has arrived is delivered first. */
  stopReceiving(): void {
    this.#deliver();
    this.#cancelReceiving();
  }

  #cancelReceiving(): void {
    const operation = this.#receiving;
    this.#receiving = undefined;
    if (operation !== undefined) this.core.handle.input.cancel(operation, undefined);
  }

  // ---- Sending ----

  /** The number of bytes of the current write that are not sent yet. */
  get unsent(): number {
    return this.#callback === undefined ? 0 : this.#send!.operation.left;
  }

  /**
   * Sends data.
   *
   * @param data one piece, or several
   * @param isBorrowed whether the memory of the piece is valid only during this call
   * @param callback is called when all data is sent: before this call returns, if the kernel accepts all of it
   */
  send(data: Uint8Array | readonly Uint8Array[], isBorrowed: boolean, callback: Callback): void {
    this.#send ??= new SendCall(new SendWritten(this.core, this), this as Transport<unknown>);
    const written = this.#send.operation;
    written.set(data);
    if (written.left === 0) {
      callback();
      return;
    }
    this.#callback = callback;
    this.#isSending = true;
    this.core.handle.startWaiter(this.#send);
    this.#isSending = false;
    if (isBorrowed && this.#callback !== undefined) written.keep();
  }

  /** Counts the bytes that a system call has sent. */
  onSent(bytes: number): void {
    this.events.onSent(this.stream, bytes);
  }

  /** Ends the write: all data is sent. */
  onSendEnd(): void {
    const callback = this.#callback!;
    this.#callback = undefined;
    // A Writable that is still in _write() runs code of the program later.
    if (this.#isSending) callback();
    else this.#context.runInAsyncScope(guarded, undefined, callback);
  }

  /** Ends the write with an error. */
  onSendError(error: unknown): void {
    const callback = this.#callback!;
    this.#callback = undefined;
    const shown = this.events.sendErrorOf(this.stream, error);
    process.nextTick(() => void guarded(() => callback(shown)));
  }

  /**
   * Stops to report what is received, because the socket is about to be closed. Closing it would create an error for the
   * receive call that waits, which costs more than the rest of a short connection.
   */
  end(): void {
    this.#isOver = true;
    this.#cancelReceiving();
  }

  /** Ends the calls that wait, so that the program can use the socket. */
  release(reason: Error): void {
    this.stopReceiving();
    if (this.#callback !== undefined) this.core.handle.output.cancel(this.#send!.operation, reason);
  }
}
