import { SHUT_WR } from '../constants/socket.js';
import { checkObject } from '../errors/argument.js';
import { errnoNumber } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import type { Endpoint } from './endpoint.js';
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
  readonly #keepOpen: boolean;
  readonly #stop = new AbortController();
  /** For every call on the socket: destroying the stream has to end those that wait. */
  readonly #wait: WaitOptions;

  /** @internal */
  constructor(endpoint: Endpoint, options: DuplexOptions) {
    const {
      keepOpen = false,
      allowHalfOpen = false,
      ...rest
    } = checkObject(options, 'options') as DuplexOptions;
    super(endpoint, { ...rest, allowHalfOpen });
    this.#endpoint = endpoint;
    this.#keepOpen = keepOpen;
    this.#wait = keepOpen ? { signal: this.#stop.signal } : {};
  }

  /** @internal */
  override _read(): void {
    this.receive(CHUNK, this.#wait).then(
      arrival => this.deliver(arrival),
      error => this.#failed(error),
    );
  }

  /** @internal */
  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.sendPieces([chunk], this.#wait).then(() => callback(), callback);
  }

  /** @internal */
  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    const pieces = chunks.map(({ chunk }) => chunk);
    this.sendPieces(pieces, this.#wait).then(() => callback(), callback);
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
    try {
      if (this.#keepOpen) this.#stop.abort(error ?? new Error('the stream was destroyed'));
      else this.#endpoint.close();
      callback(error);
    } catch (failure) {
      callback(error ?? (failure as Error));
    }
  }

  /** Receives one piece; empty at the end. @internal */
  protected async receive(size: number, wait: WaitOptions): Promise<Arrival> {
    return { data: await this.#endpoint.recv(size, wait) };
  }

  /** Gives the reader what arrived. @internal */
  protected deliver({ data }: Arrival): void {
    if (this.destroyed) return;
    this.idle.touch();
    this.bytesRead += data.length;
    this.push(data.length === 0 ? null : data);
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

/** What is left of the pieces when so many bytes are gone. */
function after(pieces: readonly Buffer[], sent: number): readonly Buffer[] {
  let left = sent;
  let used = 0;
  for (; used < pieces.length && pieces[used]!.length <= left; used++) left -= pieces[used]!.length;
  const rest = pieces.slice(used);
  if (left > 0) rest[0] = rest[0]!.subarray(left);
  return rest;
}
