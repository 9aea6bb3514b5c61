import { SHUT_WR } from '../constants/socket.js';
import { checkBoolean, checkSignal } from '../errors/argument.js';
import { errnoNumber } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import { checkOptionKeys, type WaitOptions } from '../reactor/wait-options.js';
import type { Endpoint, EndpointHandle } from './endpoint.js';
import { followWeakly } from './follow.js';
import { guarded } from './guarded.js';
import { NetLike } from './net-like.js';

/** How {@link Socket.toDuplex} makes a stream. */
export interface DuplexOptions {
  /** Whether the writable side stays open when the peer has ended its own; false by default, as in `node:net`. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Whether destroying the stream leaves the socket open, for the program to go on with; false by default. */
  readonly keepOpen?: boolean | undefined;
  /** How many bytes may wait to be read before no more are received; Node's default by default. */
  readonly readableHighWaterMark?: number | undefined;
  /** How many bytes may wait to be sent before `write()` says so; Node's default by default. */
  readonly writableHighWaterMark?: number | undefined;
  /** Destroys the stream when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** What one call received. */
export interface Arrival {
  readonly data: Buffer;
  /** Descriptors that came along. */
  readonly fds?: readonly number[];
  /** What recvmsg(2) reports: `MSG_CTRUNC`, … */
  readonly flags?: number;
}

const KEYS = ['allowHalfOpen', 'keepOpen', 'readableHighWaterMark', 'writableHighWaterMark', 'signal'];

/** Checks the options of a stream before anything is made of them; each is read once. */
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

/** The most bytes in one piece. */
const CHUNK = 65536;
/** Pieces that are smaller together are cheaper to copy into one than to gather. */
const COPIED = 16384;
/** The most pieces of one call: IOV_MAX of limits.h. */
const IOV_MAX = 1024;

const ENOTCONN = errnoNumber('ENOTCONN');

/**
 * A Node stream over a connected stream socket; {@link Socket.toDuplex} makes it. It has what a `net.Socket` has beside
 * being a stream, so that `node:http`, `node:tls` and their like take it for one.
 *
 * It receives only when its reader asks for more. `end()` shuts down the sending side; `destroy()` closes the socket.
 */
export class SocketDuplex extends NetLike {
  readonly #endpoint: Endpoint;
  readonly #handle: EndpointHandle;
  readonly #keepOpen: boolean;
  readonly #stop = new AbortController();
  /** For every call on the socket: destroying the stream has to end those that wait. */
  readonly #wait: WaitOptions;
  readonly #unfollow: () => void;
  /** The receive that waits, until what it received is delivered. */
  #receiving: Promise<void> | undefined;

  /**
   * @param options checked options. The `signal` is not observed here: it could destroy a stream that is not made yet.
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
      // The peer has reset the connection: there is nothing left to end, and a read will tell of it.
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
      // What has just been received is given back to the socket before 'close' says that the program can go on with it.
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

  /** Receives one piece; empty at the end. @internal */
  protected async receive(size: number, wait: WaitOptions): Promise<Arrival> {
    return { data: await this.#endpoint.recv(size, wait) };
  }

  /** Gives the reader what arrived. A listener that throws loses nothing, and does not stop the stream. @internal */
  protected deliver({ data }: Arrival): void {
    if (this.destroyed) {
      if (this.#keepOpen && data.length > 0) this.#handle.putBack(data);
      return;
    }
    this.idle.touch();
    this.bytesRead += data.length;
    const isDelivered = guarded(() => void this.push(data.length === 0 ? null : data));
    // The exception has left push() before it asked for more.
    if (!isDelivered) process.nextTick(() => void this.read(0));
  }

  /** Sends all the pieces, in order. @internal */
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

  /** Counts what was sent; the connection is not idle. @internal */
  protected sent(bytes: number): void {
    this.bytesWritten += bytes;
    this.idle.touch();
  }

  #failed(error: unknown): void {
    // Closing the socket under the stream is a way to end it, and no failure.
    const isClosed = this.#endpoint.closed && error instanceof SocketError && error.code === 'EBADF';
    this.destroy(isClosed ? undefined : (error as Error));
  }
}

function destroy(stream: SocketDuplex): void {
  stream.destroy();
}

/** What is left of the pieces when so many bytes are gone. */
function after(pieces: readonly Buffer[], sent: number): readonly Buffer[] {
  let left = sent;
  let used = 0;
  for (; used < pieces.length && pieces[used]!.length <= left; used++) left -= pieces[used]!.length;
  const rest = pieces.slice(used);
  if (left > 0) rest[0] = rest[0]!.subarray(left);
  return rest;
}
