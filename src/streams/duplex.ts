import { SHUT_WR } from '../constants/socket.js';
import { checkBoolean, checkSignal } from '../errors/argument.js';
import { ENOTCONN } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import { checkOptionKeys, type WaitOptions } from '../reactor/wait-options.js';
import type { Endpoint, EndpointHandle } from './endpoint.js';
import { followWeakly } from './follow.js';
import { guarded } from './guarded.js';
import { NetLike } from './net-like.js';

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

/** The result of one receive call. */
export interface Arrival {
  readonly data: Buffer;
  /** Received file descriptors. */
  readonly fds?: readonly number[];
  /** The flags that recvmsg(2) reports: `MSG_CTRUNC`, … */
  readonly flags?: number;
}

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
const CHUNK = 65536;
/** Pieces that are smaller together are joined by copying, which is faster than gathering them. */
const COPIED = 16384;
/** The maximum number of pieces per call: IOV_MAX of limits.h. */
const IOV_MAX = 1024;

/**
 * A Node stream over a connected stream socket; {@link Socket.toDuplex} creates it. It also has the methods and
 * properties of a `net.Socket`, so that `node:http`, `node:tls` and similar modules accept it.
 *
 * It receives only when its reader asks for more data. `end()` shuts down the sending direction (half-close);
 * `destroy()` closes the socket.
 */
export class SocketDuplex extends NetLike {
  readonly #endpoint: Endpoint;
  readonly #handle: EndpointHandle;
  readonly #keepOpen: boolean;
  readonly #stop = new AbortController();
  /** The wait options of every call on the socket: destroying the stream ends waiting calls. */
  readonly #wait: WaitOptions;
  readonly #unfollow: () => void;
  /** The current receive call, until its data is delivered. */
  #receiving: Promise<void> | undefined;

  /**
   * @param options checked options. The `signal` is not observed here, because it could destroy a stream that is not
   *   complete.
   * @internal
   */
  constructor(endpoint: Endpoint, handle: EndpointHandle, options: DuplexOptions) {
    const { keepOpen = false, signal: _, ...rest } = options;
    super(endpoint, rest);
    this.#endpoint = endpoint;
    this.#handle = handle;
    this.#keepOpen = keepOpen;
    this.#wait = keepOpen ? { signal: this.#stop.signal } : {};
    this.#unfollow = followWeakly(handle, this, destroy);
  }

  /** @internal */
  override _read(): void {
    this.#receiving = this.receive(CHUNK, this.#wait).then(
      arrival => {
        this.#receiving = undefined;
        this.deliver(arrival);
      },
      error => {
        this.#receiving = undefined;
        this.#failed(error);
      },
    );
  }

  /** @internal */
  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#send([chunk], callback);
  }

  /** @internal */
  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    const pieces = chunks.map(({ chunk }) => chunk);
    this.#send(pieces, callback);
  }

  #send(pieces: readonly Buffer[], callback: (error?: Error | null) => void): void {
    const done = (error?: Error) => void guarded(() => callback(error));
    this.sendPieces(pieces, this.#wait).then(() => done(), done);
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
      this.#stop.abort(error ?? new Error('the stream was destroyed'));
      // Data that was just received is given back to the socket before 'close' is emitted, when the program can use
      // the socket again.
      if (this.#receiving === undefined) callback(error);
      else this.#receiving.finally(() => callback(error));
      return;
    }
    try {
      this.#endpoint.close();
      callback(error);
    } catch (failure) {
      callback(error ?? (failure as Error));
    }
  }

  /** Receives one piece of data; an empty one is the end of the stream. @internal */
  protected async receive(size: number, wait: WaitOptions): Promise<Arrival> {
    return { data: await this.#endpoint.recv(size, wait) };
  }

  /** Delivers received data to the reader. If a listener throws, no data is lost and the stream continues. @internal */
  protected deliver({ data }: Arrival): void {
    if (this.destroyed) {
      if (this.#keepOpen && data.length > 0) this.#handle.putBack(data);
      return;
    }
    this.idle.touch();
    this.bytesRead += data.length;
    const isDelivered = guarded(() => void this.push(data.length === 0 ? null : data));
    // The exception has ended push() before it asked for more data.
    if (!isDelivered) process.nextTick(() => void this.read(0));
  }

  /** Sends all pieces in order. @internal */
  protected async sendPieces(pieces: readonly Buffer[], wait: WaitOptions): Promise<void> {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    let rest = pieces.length > 1 && length <= COPIED ? [Buffer.concat(pieces, length)] : pieces;
    rest = rest.filter(piece => piece.length > 0);
    while (rest.length > 0) {
      const first = rest.slice(0, IOV_MAX);
      const sent =
        first.length === 1
          ? await this.#endpoint.send(first[0]!, wait)
          : await this.#endpoint.sendmsg({ data: first }, wait);
      this.sent(sent);
      rest = after(rest, sent);
    }
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

/** Returns the rest of the pieces after `sent` bytes. */
function after(pieces: readonly Buffer[], sent: number): readonly Buffer[] {
  let left = sent;
  let used = 0;
  for (; used < pieces.length && pieces[used]!.length <= left; used++) left -= pieces[used]!.length;
  const rest = pieces.slice(used);
  if (left > 0) rest[0] = rest[0]!.subarray(left);
  return rest;
}
