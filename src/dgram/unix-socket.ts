import type { AddressInput, AddressOf } from '../address/address.js';
import { checkInteger } from '../errors/argument.js';
import { invalidFdType } from '../errors/node-errors.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { fdType } from '../socket/fd-type.js';
import { type CommonEvents, DatagramSocket } from './base.js';
import { badTypeError, errnoOf, named, stateError } from './errors.js';
import { DatagramHandle } from './handle.js';
import { checkCommon, checkRows, type UnixSocketOptions } from './options.js';
import type { Taken } from './receiver.js';
import * as check from './validate.js';

/** The largest datagram that a socket with the default send buffer of Linux can send is shorter. */
const MESSAGE_SIZE = 262_144;
const COUNT = 8;

/** The address of a Unix datagram socket. */
export interface UnixAddressInfo {
  /** The path; an abstract name after a NUL character; `''` if the socket has no name. */
  address: string;
  /** Always `'unix'`. */
  family: 'unix';
}

/** The sender of a Unix datagram. */
export interface UnixRemoteInfo extends UnixAddressInfo {
  /** The size of the datagram in bytes. */
  size: number;
  /** Whether the datagram was longer than `maxMessageSize`, and its end is lost. */
  truncated: boolean;
}

/** Listens to one Unix datagram. */
export type UnixMessageListener = (message: Buffer, rinfo: UnixRemoteInfo) => void;

/** The events of a Unix datagram socket, with their arguments. */
export interface UnixSocketEvents extends CommonEvents {
  /** A datagram was received. */
  message: [message: Buffer, rinfo: UnixRemoteInfo];
}

/** What `bind()` of a Unix datagram socket takes. */
export interface UnixBindOptions {
  /** The path, or an abstract name after a NUL character. */
  readonly path?: string | undefined;
  /** The file descriptor of a Unix datagram socket to own, instead of opening one. */
  readonly fd?: number | undefined;
}

/** Returns the address of a path, or of an abstract name after a NUL character. */
function toAddress(path: string): AddressInput<'unix'> {
  return path.startsWith('\0') ? { abstract: path.slice(1) } : { path };
}

function toInfo(address: AddressOf<'unix'> | null): UnixAddressInfo {
  const name = (address ?? {}) as { path?: string | Uint8Array; abstract?: Uint8Array };
  const text = (value: string | Uint8Array): string =>
    typeof value === 'string' ? value : Buffer.from(value).toString('latin1');
  if (name.path !== undefined) return { address: text(name.path), family: 'unix' };
  const isAbstract = name.abstract !== undefined;
  return { address: isAbstract ? `\0${Buffer.from(name.abstract!).toString()}` : '', family: 'unix' };
}

/**
 * A Unix datagram socket in the manner of `dgram.Socket`: paths take the place of ports and addresses. A datagram is
 * never lost on the way: if the receiver’s queue is full, it waits, and `getSendQueueCount()` counts it.
 */
export class UnixSocket extends DatagramSocket<'unix', UnixSocketEvents> {
  readonly type = 'unix';
  /** @internal */
  protected readonly handle: DatagramHandle<'unix'>;
  readonly #size: number;

  /**
   * @param options the type, or the options
   * @param listener a listener for `'message'`
   * @throws TypeError if the type or an option is invalid
   */
  constructor(options: 'unix' | UnixSocketOptions, listener?: UnixMessageListener) {
    super();
    const given: UnixSocketOptions = typeof options === 'string' ? { type: options } : options;
    if (given.type !== 'unix') throw badTypeError();
    const sizes = checkCommon(given);
    const { maxMessageSize = MESSAGE_SIZE } = given;
    this.#size = checkInteger(maxMessageSize, 'options.maxMessageSize', 1, 2 ** 26);
    const rows = { beforeBind: [], always: checkRows<'unix'>(given.options) };
    this.handle = new DatagramHandle<'unix'>(AF_UNIX, rows, {
      onDatagram: datagram => this.deliver(datagram),
      onError: error => this.onError(error),
    });
    this.start(given, sizes, listener);
  }

  /** @internal */
  protected deliver({ data, address, isTruncated }: Taken<'unix'>): void {
    this.tellMessage(data, { ...toInfo(address), size: data.length, truncated: isTruncated });
  }

  /**
   * Binds the socket and starts to receive. Emits `'listening'`, or `'error'` if it fails.
   *
   * @param path the path, an abstract name after a NUL character, or an object; without it, the socket has no name
   * @param callback a listener for `'listening'`
   * @throws Error `ERR_SOCKET_ALREADY_BOUND`, `ERR_SOCKET_DGRAM_NOT_RUNNING`
   */
  bind(path?: string | UnixBindOptions, callback?: () => void): this;
  bind(callback: () => void): this;
  bind(...given: unknown[]): this {
    this.checkRunning();
    if (this.bindState !== 'unbound') throw stateError('ERR_SOCKET_ALREADY_BOUND');
    const [first] = given;
    const isObject = typeof first === 'object' && first !== null;
    const { path, fd } = (isObject ? first : { path: first }) as UnixBindOptions;
    if (fd === undefined && path !== undefined && typeof path !== 'function') check.checkString(path, 'path');
    this.bindState = 'binding';
    this.onceBound(given.at(-1));
    process.nextTick(() => this.#bindNow(typeof path === 'string' ? path : undefined, fd));
    return this;
  }

  #bindNow(path: string | undefined, fd: number | undefined): void {
    if (this.handle.isClosed) return;
    try {
      if (fd === undefined) named('bind', () => this.#open(path), path);
      else this.#adopt(fd);
    } catch (error) {
      this.bindState = 'unbound';
      this.tell('error', error);
      return;
    }
    this.bindState = 'bound';
    this.handle.receive({ count: COUNT, size: this.#size, controlSize: 0 });
    this.setSizes();
    this.tell('listening');
  }

  #open(path: string | undefined): void {
    this.handle.open(socket => {
      if (path !== undefined) socket.bind(toAddress(path));
    });
  }

  #adopt(fd: number): void {
    const type = fdType(fd);
    if (type !== 'UNIX') throw invalidFdType(type);
    named('open', () => this.handle.adopt(fd));
  }

  /**
   * Returns the local address.
   *
   * @throws SocketError `EBADF` if the socket is not bound
   */
  address(): UnixAddressInfo {
    this.checkRunning();
    return named('getsockname', () => toInfo(this.handle.socket.getsockname()));
  }

  /**
   * Returns the address that the socket is connected to.
   *
   * @throws Error `ERR_SOCKET_DGRAM_NOT_CONNECTED`
   */
  remoteAddress(): UnixAddressInfo {
    this.checkRunning();
    if (this.connectState !== 'connected') throw stateError('ERR_SOCKET_DGRAM_NOT_CONNECTED');
    return named('getpeername', () => toInfo(this.handle.socket.getpeername()));
  }

  /**
   * Sets the receiver. Emits `'connect'`, or `'error'` if it fails.
   *
   * @param path the path, or an abstract name after a NUL character
   * @param callback called when the socket is connected, or with the error
   * @throws Error `ERR_SOCKET_DGRAM_IS_CONNECTED`
   */
  connect(path: string, callback?: (error?: Error) => void): void {
    this.checkRunning();
    check.checkString(path, 'path');
    if (this.connectState !== 'disconnected') throw stateError('ERR_SOCKET_DGRAM_IS_CONNECTED');
    this.connectState = 'connecting';
    const start = (): void => this.#connectNow(path, callback);
    if (this.bindState === 'unbound') this.bind();
    if (this.bindState === 'bound') start();
    else this.whenBound(start);
  }

  #connectNow(path: string, callback: ((error?: Error) => void) | undefined): void {
    let error: Error | undefined;
    try {
      named('connect', () => this.handle.socket.connectSync(toAddress(path)), path);
      this.connectState = 'connected';
    } catch (reason) {
      this.connectState = 'disconnected';
      error = reason as Error;
    }
    process.nextTick(() => {
      callback?.(error);
      if (error === undefined) this.tell('connect');
      else if (callback === undefined) this.tell('error', error);
    });
  }

  /**
   * Removes the receiver that {@link connect} has set.
   *
   * @throws Error `ERR_SOCKET_DGRAM_NOT_CONNECTED`
   */
  disconnect(): void {
    this.checkRunning();
    if (this.connectState !== 'connected') throw stateError('ERR_SOCKET_DGRAM_NOT_CONNECTED');
    named('connect', () => this.handle.socket.connectSync({ family: 'unspec' }));
    this.connectState = 'disconnected';
  }

  /**
   * Sends a datagram. An unbound socket is opened without a name.
   *
   * @param message the data, or an array of pieces
   * @param path the receiver; not on a connected socket
   * @param callback called when the datagram was sent, or with the error
   * @throws TypeError if an argument is invalid; Error `ERR_SOCKET_DGRAM_IS_CONNECTED`, `ERR_SOCKET_DGRAM_NOT_RUNNING`
   */
  send(message: check.Data | readonly check.Data[], path: string, callback?: check.SendCallback): void;
  send(message: check.Data | readonly check.Data[], callback?: check.SendCallback): void;
  send(
    message: check.Data | readonly check.Data[],
    path?: string | check.SendCallback,
    callback?: check.SendCallback,
  ): void {
    const pieces = check.piecesOf(message);
    const isConnected = this.connectState === 'connected';
    const [to, done] = typeof path === 'function' ? [undefined, path] : [path, callback];
    if (isConnected && to) throw stateError('ERR_SOCKET_DGRAM_IS_CONNECTED');
    if (!isConnected) check.checkString(to, 'path');
    this.checkRunning();
    if (this.bindState === 'unbound') this.bind();
    const send = (): void => this.#sendNow(pieces, to, done);
    if (this.bindState === 'bound') send();
    else this.whenBound(send);
  }

  #sendNow(pieces: Buffer[], path: string | undefined, callback: check.SendCallback | undefined): void {
    let result: number | Promise<number>;
    try {
      result = this.handle.send({ pieces, address: path === undefined ? null : toAddress(path) });
    } catch (error) {
      result = errnoOf(error);
    }
    this.report(result, callback, path);
  }
}
