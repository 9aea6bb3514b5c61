import { Duplex, type DuplexOptions as NodeDuplexOptions } from 'node:stream';
import { type NetAddressOrNone, NOWHERE, readNetAddress } from '../address/net-address.js';
import { SHUT_WR } from '../constants/socket.js';
import { ENOTCONN } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import type { Operation } from '../reactor/operation.js';
import { PROMISE } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { receive } from '../socket/receive.js';
import type { Endpoint } from './endpoint.js';
import { guarded } from './guarded.js';
import { IdleTimer } from './idle.js';
import { bytesOf, join, type Piece } from './pieces.js';
import { type Callback, Transport, type TransportEvents } from './transport.js';

/** The maximum number of bytes per receive call. */
export const CHUNK = 65536;

/**
 * A Node stream over a connection, with the members of a `net.Socket` that do not depend on how the connection was made.
 *
 * It receives only when its reader asks for more data. `end()` shuts down the sending direction (half-close).
 */
export abstract class NetLike extends Duplex {
  /** The timeout of `setTimeout()`, in milliseconds. */
  timeout: number | undefined;
  /** @internal */
  protected readonly idle: IdleTimer = new IdleTimer(() => this.emit('timeout'));
  /** What receives and sends; `undefined` without a connection. @internal */
  protected transport: Transport<NetLike> | undefined;
  /** The number of bytes that were sent. @internal */
  protected sentBytes = 0;
  #receivedBytes = 0;
  #receive: Operation<Buffer> | undefined;
  #local: NetAddressOrNone = NOWHERE;
  #remote: NetAddressOrNone = NOWHERE;

  static readonly #events: TransportEvents<NetLike> = {
    onArrival: (stream, arrival) => stream.onArrival(arrival),
    onReceiveError: (stream, error) => stream.failToReceive(error),
    onSent: (stream, bytes) => stream.sent(bytes),
    sendErrorOf: (stream, error) => stream.errorOf(error, 'write'),
  };

  /** @internal */
  protected constructor(options: NodeDuplexOptions) {
    super({ ...options, decodeStrings: false }); // strings are encoded into the memory of the send call
  }

  /** The socket; `undefined` without a connection. @internal */
  protected abstract readonly endpoint: Endpoint | undefined;

  /** Starts to use a connected socket. @internal */
  protected open(core: AnyCore): void {
    this.transport = new Transport<NetLike>(core, this, NetLike.#events);
    this.#receive = undefined;
  }

  /** Returns the error that the stream reports for a failed call. @internal */
  protected errorOf(error: unknown, _syscall: string): Error {
    return error as Error;
  }

  // ---- Receiving ----

  /** @internal */
  override _read(): void {
    const { transport } = this;
    if (transport !== undefined && !transport.isReceiving)
      transport.receive(this.nextReceive(transport.core));
  }

  /** Returns the operation of the next receive call. @internal */
  protected nextReceive(core: AnyCore): Operation<unknown> {
    this.#receive ??= receive(core, PROMISE, CHUNK, undefined);
    return this.#receive;
  }

  /** Takes the result of a receive call. @internal */
  protected onArrival(arrival: unknown): void {
    if (!this.destroyed) this.deliver(arrival as Buffer);
  }

  /** Delivers received data to the reader. If a listener throws, no data is lost and the stream continues. @internal */
  protected deliver(data: Buffer): void {
    this.received(data.length);
    const isDelivered = guarded(pushTo, this, data);
    // The exception has ended push() before it asked for more data.
    if (!isDelivered) process.nextTick(() => void this.read(0));
  }

  /** Counts received bytes and restarts the idle timer. @internal */
  protected received(bytes: number): void {
    this.#receivedBytes += bytes;
    this.idle.touch();
  }

  /** @internal */
  protected failToReceive(error: unknown): void {
    this.destroy(this.errorOf(error, 'read'));
  }

  /** The number of bytes received. */
  get bytesRead(): number {
    return this.#receivedBytes;
  }

  // ---- Sending ----

  /** @internal */
  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: Callback): void {
    if (typeof chunk === 'string') this.#sendPieces([{ chunk, encoding }], callback);
    else this.transport!.send(chunk, false, callback);
  }

  /** @internal */
  override _writev(pieces: Piece[], callback: Callback): void {
    this.#sendPieces(pieces, callback);
  }

  #sendPieces(pieces: readonly Piece[], callback: Callback): void {
    const joined = join(pieces);
    if (joined !== undefined) this.transport!.send(joined, true, callback);
    else this.transport!.send(pieces.map(bytesOf).filter(isNotEmpty), false, callback);
  }

  /** Counts sent bytes and restarts the idle timer. @internal */
  protected sent(bytes: number): void {
    this.sentBytes += bytes;
    this.idle.touch();
  }

  /** @internal */
  override _final(callback: Callback): void {
    const { endpoint } = this;
    try {
      if (endpoint !== undefined && !endpoint.closed) endpoint.shutdown(SHUT_WR);
      callback();
    } catch (error) {
      // The peer has reset the connection: there is nothing to end, and the next read reports it.
      const isGone = error instanceof SocketError && error.errno === ENOTCONN;
      callback(isGone ? null : this.errorOf(error, 'shutdown'));
    }
  }

  /** Ends the stream, and destroys it when all written data is sent. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  // ---- Addresses ----

  /** Forgets the addresses of an earlier connection. @internal */
  protected forgetAddresses(): void {
    this.#local = NOWHERE;
    this.#remote = NOWHERE;
  }

  /**
   * Returns the local address: `address`, `family` (`'IPv4'` or `'IPv6'`) and `port`; empty for families other than
   * IPv4 and IPv6, and without a connection.
   */
  address(): NetAddressOrNone {
    const { endpoint } = this;
    if (endpoint === undefined) return {};
    if (this.#local === NOWHERE) this.#local = readNetAddress(() => endpoint.getsockname());
    return this.#local;
  }

  #peer(): NetAddressOrNone {
    const { endpoint } = this;
    if (this.#remote === NOWHERE && endpoint !== undefined)
      this.#remote = readNetAddress(() => endpoint.getpeername());
    return this.#remote;
  }

  /** The local address; `undefined` for families other than IPv4 and IPv6, and without a connection. */
  get localAddress(): string | undefined {
    return this.address().address;
  }

  /** The local port; `undefined` if there is no local address. */
  get localPort(): number | undefined {
    return this.address().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` if there is no local address. */
  get localFamily(): string | undefined {
    return this.address().family;
  }

  /**
   * The address of the peer; `undefined` for families other than IPv4 and IPv6, and if it was first read after the
   * connection had ended.
   */
  get remoteAddress(): string | undefined {
    return this.#peer().address;
  }

  /** The port of the peer; `undefined` if there is no address. */
  get remotePort(): number | undefined {
    return this.#peer().port;
  }

  /** `'IPv4'` or `'IPv6'`; `undefined` if there is no address of the peer. */
  get remoteFamily(): string | undefined {
    return this.#peer().family;
  }
}

function isNotEmpty({ length }: Uint8Array): boolean {
  return length > 0;
}

/** Passes data to the reader. Empty data is the end of the stream. */
function pushTo(stream: Duplex, data: Buffer): void {
  stream.push(data.length === 0 ? null : data);
}
