import { AsyncResource } from 'node:async_hooks';
import { SHUT_WR } from '../constants/socket.js';
import { checkBoolean, checkSignal } from '../errors/argument.js';
import { ENOTCONN } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import type { Operation } from '../reactor/operation.js';
import { checkOptionKeys, type WaitOptions } from '../reactor/wait-options.js';
import { PROMISE } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { receive } from '../socket/receive.js';
import type { Endpoint } from './endpoint.js';
import { followWeakly } from './follow.js';
import { guarded } from './guarded.js';
import { NetLike } from './net-like.js';
import { sendPieces } from './pieces.js';
import { bytesOf, join, type Piece, SendPiece } from './send-piece.js';

/** The options of {@link Socket.toDuplex}. */
export interface DuplexOptions {
  /**
   * Whether the writable side stays open after the peer has ended its sending direction; false by default, as in
   * `node:net`.
   */
  readonly allowHalfOpen?: boolean | undefined;
  /**
   * Whether the socket stays open when the stream is destroyed, so that the program can still use it; false by
   * default.
   */
  readonly keepOpen?: boolean | undefined;
  /** The number of received bytes that are buffered before the stream stops receiving; Node’s default by default. */
  readonly readableHighWaterMark?: number | undefined;
  /** The number of bytes that are buffered for sending before `write()` returns false; Node’s default by default. */
  readonly writableHighWaterMark?: number | undefined;
  /** Destroys the stream when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The callback of a write. */
type Callback = (error?: Error | null) => void;

const KEYS = ['allowHalfOpen', 'keepOpen', 'readableHighWaterMark', 'writableHighWaterMark', 'signal'];

/** Checks the options of a stream before anything is created. Each is read once. */
export function checkDuplexOptions(options: DuplexOptions): DuplexOptions {
  checkOptionKeys(options, KEYS);
  const { allowHalfOpen = false, keepOpen = false, signal, ...rest } = options;
  return {
    ...rest,
    allowHalfOpen: checkBoolean(allowHalfOpen, 'options.allowHalfOpen'),
    keepOpen: checkBoolean(keepOpen, 'options.keepOpen'),
    signal: checkSignal(signal, 'options.signal'),
  };
}

/** The maximum number of bytes per receive call. */
export const CHUNK = 65536;

/**
 * A Node stream over a connected stream socket; {@link Socket.toDuplex} creates it. It also has the methods and
 * properties of a `net.Socket`, so that `node:http`, `node:tls` and similar modules accept it.
 *
 * It receives only when its reader asks for more data. `end()` shuts down the sending direction (half-close);
 * `destroy()` closes the socket.
 */
export class SocketDuplex extends NetLike {
  /** @internal */
  protected readonly core: AnyCore;
  readonly #endpoint: Endpoint;
  readonly #keepOpen: boolean;
  /** Ends the send calls that wait when the stream is destroyed and the socket stays open. */
  readonly #stop: AbortController | undefined;
  readonly #unfollow: () => void;
  /** The asynchronous context in which listeners and callbacks run: the one that created the stream. */
  readonly #context = new AsyncResource('BerkeleyStream');
  #receive: Operation<Buffer> | undefined;
  /** The last receive call. */
  #receiving: Operation<unknown> | undefined;
  #isReading = false;
  /** The result of a receive call that is not delivered yet. */
  #arrival: unknown;
  /** The send call that waits. */
  #sending: SendPiece | undefined;
  #callback: Callback | undefined;

  /**
   * @param options checked options. The `signal` is not observed here, because it could destroy a stream that is not
   *   complete.
   * @internal
   */
  constructor(endpoint: Endpoint, core: AnyCore, options: DuplexOptions) {
    const { keepOpen = false, signal: _, ...rest } = options;
    super(endpoint, { ...rest, decodeStrings: false });
    this.core = core;
    this.#endpoint = endpoint;
    this.#keepOpen = keepOpen;
    this.#stop = keepOpen ? new AbortController() : undefined;
    this.#unfollow = followWeakly(core.handle, this, destroy);
  }

  /** @internal */
  override _read(): void {
    this.#receiving = this.receive();
    this.#isReading = true;
    this.core.handle.start(this.#receiving, this.#onArrival, this.#onReceiveError);
    this.#isReading = false;
  }

  /** Returns the operation of the next receive call. @internal */
  protected receive(): Operation<unknown> {
    this.#receive ??= receive(this.core, PROMISE, CHUNK, undefined);
    return this.#receive;
  }

  /** Returns the data of a result of `receive`; empty at the end of the stream. @internal */
  protected dataOf(arrival: unknown): Buffer {
    return arrival as Buffer;
  }

  readonly #onArrival = (arrival: unknown): void => {
    this.#arrival = arrival;
    // A stream that gets data inside _read() would emit 'end' before its reader has written the answer.
    if (this.#isReading) queueMicrotask(this.#onTurn);
    else this.#onTurn();
  };

  readonly #onTurn = (): void => {
    if (this.#arrival !== undefined) this.#context.runInAsyncScope(this.#deliver, this);
  };

  /** Delivers received data to the reader. If a listener throws, no data is lost and the stream continues. */
  #deliver(): void {
    const arrival = this.#arrival;
    this.#arrival = undefined; // first, since a listener of 'fds' can destroy the stream
    const data = this.dataOf(arrival);
    if (this.destroyed) {
      if (this.#keepOpen && data.length > 0) this.core.handle.putBack(data);
      return;
    }
    this.idle.touch();
    this.bytesRead += data.length;
    const isDelivered = guarded(() => void this.push(data.length === 0 ? null : data));
    // The exception has ended push() before it asked for more data.
    if (!isDelivered) process.nextTick(() => void this.read(0));
  }

  readonly #onReceiveError = (error: unknown): void => {
    process.nextTick(() => this.#failed(error));
  };

  /** @internal */
  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: Callback): void {
    if (typeof chunk === 'string') this.#writeAll([{ chunk, encoding }], callback);
    else if (this.isPlain()) this.#send(chunk, false, callback);
    else this.#sendInTurn([chunk], callback);
  }

  /** @internal */
  override _writev(pieces: Piece[], callback: Callback): void {
    this.#writeAll(pieces, callback);
  }

  #writeAll(pieces: readonly Piece[], callback: Callback): void {
    const joined = this.isPlain() ? join(pieces) : undefined;
    if (joined !== undefined) this.#send(joined, true, callback);
    else this.#sendInTurn(pieces.map(bytesOf), callback);
  }

  /** Whether the written data consists of bytes only. @internal */
  protected isPlain(): boolean {
    return true;
  }

  /**
   * Sends bytes.
   *
   * @param isBorrowed whether their memory is valid only during this call
   */
  #send(data: Uint8Array, isBorrowed: boolean, callback: Callback): void {
    if (data.length === 0) {
      callback();
      return;
    }
    const sending = new SendPiece(this.core, data, this.#onSent);
    this.#callback = callback;
    this.#sending = sending;
    this.core.handle.start(sending, this.#onSendEnd, this.#onSendError);
    if (isBorrowed && this.#sending === sending) sending.keep();
  }

  readonly #onSent = (bytes: number): void => this.sent(bytes);

  readonly #onSendEnd = (): void => {
    const callback = this.#callback!;
    this.#sending = undefined;
    this.#callback = undefined;
    this.#context.runInAsyncScope(guarded, undefined, callback);
  };

  readonly #onSendError = (error: unknown): void => {
    const callback = this.#callback!;
    this.#sending = undefined;
    this.#callback = undefined;
    process.nextTick(() => void guarded(() => callback(error as Error)));
  };

  /** Sends pieces that are too long to be joined, or carry more than bytes. */
  #sendInTurn(pieces: readonly Buffer[], callback: Callback): void {
    const done = (error?: Error) => void guarded(() => callback(error));
    const wait = this.#stop === undefined ? {} : { signal: this.#stop.signal };
    this.sendPieces(pieces, wait).then(() => done(), done);
  }

  /** @internal */
  override _final(callback: (error?: Error | null) => void): void {
    try {
      if (!this.#endpoint.closed) this.#endpoint.shutdown(SHUT_WR);
      callback();
    } catch (error) {
      // The peer has reset the connection: there is nothing to end, and the next read reports it.
      const isGone = error instanceof SocketError && error.errno === ENOTCONN;
      callback(isGone ? null : (error as Error));
    }
  }

  /** @internal */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.idle.stop();
    this.#unfollow();
    if (this.#keepOpen) {
      this.#release(error ?? new Error('the stream was destroyed'));
      callback(error);
      return;
    }
    try {
      this.#endpoint.close();
      callback(error);
    } catch (failure) {
      callback(error ?? (failure as Error));
    }
  }

  /** Ends the calls that wait, so that the program can use the socket. */
  #release(reason: Error): void {
    const { handle } = this.core;
    this.#onTurn(); // gives back data that is not delivered
    if (this.#receiving !== undefined) handle.input.cancel(this.#receiving, reason);
    if (this.#sending !== undefined) handle.output.cancel(this.#sending, reason);
    this.#stop?.abort(reason);
  }

  /** Sends all pieces in order. @internal */
  protected async sendPieces(pieces: readonly Buffer[], wait: WaitOptions): Promise<void> {
    await sendPieces(this.#endpoint, pieces, wait, bytes => this.sent(bytes));
  }

  /** Counts sent bytes and restarts the idle timer. @internal */
  protected sent(bytes: number): void {
    this.bytesWritten += bytes;
    this.idle.touch();
  }

  #failed(error: unknown): void {
    // Closing the socket of a stream is a regular way to end the stream, and not an error.
    const isClosed = this.#endpoint.closed && error instanceof SocketError && error.code === 'EBADF';
    this.destroy(isClosed ? undefined : (error as Error));
  }
}

function destroy(stream: SocketDuplex): void {
  stream.destroy();
}
