/** What UDP and Unix datagram sockets have in common: events, the queue of calls before binding, buffers, closing. */
import { channel } from 'node:diagnostics_channel';
import { EventEmitter, errorMonitor } from 'node:events';
import type { FamilyName } from '../address/address.js';
import { SocketError } from '../errors/errors.js';
import type { OptionValue, ReadableOption, WritableOption } from '../options/option.js';
import * as so from '../options/so/index.js';
import { onAbort } from '../reactor/on-abort.js';
import { badBufferSizeError, bufferSizeError, callError, stateError } from './errors.js';
import type { DatagramHandle } from './handle.js';
import { type CommonOptions, checkAbortSignal } from './options.js';
import type { Taken } from './receiver.js';
import { checkUint32, type SendCallback } from './validate.js';

/** How far binding has got. */
export type BindState = 'unbound' | 'binding' | 'bound';
/** How far connecting has got. */
export type ConnectState = 'disconnected' | 'connecting' | 'connected';

/** The largest size of a buffer: a C `int`. */
const MOST = 0x7fffffff;

const created = channel('udp.socket');

/** The events of a socket, with their arguments. */
export interface CommonEvents {
  /** The socket was closed. */
  close: [];
  /** `connect()` has succeeded. */
  connect: [];
  /** A call or the socket has failed. */
  error: [error: Error];
  /** The socket is bound and receives. */
  listening: [];
}

/** A datagram socket of any family. */
export abstract class DatagramSocket<
  F extends FamilyName,
  // biome-ignore lint/suspicious/noExplicitAny: the type of EventEmitter has it
  Events extends Record<keyof Events, any[]>,
> extends EventEmitter<Events> {
  /** The type: `'udp4'`, `'udp6'` or `'unix'`. */
  abstract readonly type: string;
  /** @internal */
  protected bindState: BindState = 'unbound';
  /** @internal */
  protected connectState: ConnectState = 'disconnected';
  #queue: (() => void)[] | undefined;
  #sizes: { recv: number | undefined; send: number | undefined } = { recv: undefined, send: undefined };

  /** @internal */
  protected abstract readonly handle: DatagramHandle<F>;
  /** @internal */
  protected abstract deliver(datagram: Taken<F>): void;

  /** Completes the construction, once the handle exists. @internal */
  protected start(
    options: CommonOptions<F>,
    sizes: { recv: number | undefined; send: number | undefined },
    listener: unknown,
  ): void {
    this.#sizes = sizes;
    if (typeof listener === 'function') eventsOf(this).on('message', listener as () => void);
    const { signal } = options;
    if (signal !== undefined) this.#closeOnAbort(checkAbortSignal(signal));
    if (created.hasSubscribers) created.publish({ socket: this });
  }

  #closeOnAbort(signal: AbortSignal): void {
    const forget = onAbort(signal, () => {
      if (!this.handle.isClosed) this.close();
    });
    eventsOf(this).once('close', forget);
  }

  /** Emits an event. @internal */
  protected tell(event: string, ...values: unknown[]): void {
    eventsOf(this).emit(event, ...values);
  }

  /** Emits a `'message'` event. For a flood, the list of the values that {@link tell} creates would be much garbage. @internal */
  protected tellMessage(data: Buffer, info: object): void {
    eventsOf(this).emit('message', data, info);
  }

  /** Throws if the socket is closed. @internal */
  protected checkRunning(): void {
    if (this.handle.isClosed) throw stateError('ERR_SOCKET_DGRAM_NOT_RUNNING');
  }

  /** Adds a callback of `bind()` as a listener, which is removed if binding fails. @internal */
  protected onceBound(callback: unknown): void {
    if (typeof callback !== 'function') return;
    const remove = (): void => {
      eventsOf(this).removeListener(errorMonitor, remove);
      eventsOf(this).removeListener('listening', onListening);
    };
    const onListening = (): void => {
      remove();
      callback.call(this);
    };
    eventsOf(this).on(errorMonitor, remove);
    eventsOf(this).on('listening', onListening);
  }

  /** Makes a call when the socket is bound. If binding fails, the call is not made. @internal */
  protected whenBound(call: () => void): void {
    if (this.#queue === undefined) {
      this.#queue = [];
      eventsOf(this).once(errorMonitor, this.#dropQueue);
      eventsOf(this).once('listening', this.#runQueue);
    }
    this.#queue.push(call);
  }

  readonly #dropQueue = (): void => {
    eventsOf(this).removeListener('listening', this.#runQueue);
    this.#queue = undefined;
  };

  readonly #runQueue = (): void => {
    eventsOf(this).removeListener(errorMonitor, this.#dropQueue);
    const queue = this.#queue ?? [];
    this.#queue = undefined;
    for (const call of queue) call();
  };

  /** Sets the buffer sizes of the options. @internal */
  protected setSizes(): void {
    const { recv, send } = this.#sizes;
    if (recv !== undefined) this.setRecvBufferSize(recv);
    if (send !== undefined) this.setSendBufferSize(send);
  }

  /**
   * Reports the result of a send call to its callback.
   *
   * @param address and port are those of the receiver, for the error
   * @internal
   */
  protected report(
    result: number | Promise<number>,
    callback: SendCallback | undefined,
    address: string | undefined,
    port?: number,
  ): void {
    if (typeof result !== 'number') {
      result.then(settled => this.report(settled, callback, address, port));
      return;
    }
    if (callback === undefined) return;
    if (result < 0) process.nextTick(callback, callError(result, 'send', address, port));
    else process.nextTick(callback, null, result);
  }

  /** Reports an error of a receive call. @internal */
  protected onError(error: unknown): void {
    const shown = error instanceof SocketError ? callError(error.errno, error.syscall) : error;
    this.tell('error', shown);
  }

  /**
   * Closes the socket. If calls wait until it is bound, it is closed after them.
   *
   * @param callback a listener for `'close'`
   * @throws Error `ERR_SOCKET_DGRAM_NOT_RUNNING` if it is closed
   */
  close(callback?: () => void): this {
    if (typeof callback === 'function') eventsOf(this).on('close', callback);
    if (this.#queue !== undefined) {
      this.#queue.push(() => this.close());
      return this;
    }
    this.checkRunning();
    this.handle.close();
    process.nextTick(() => this.tell('close'));
    return this;
  }

  /** Closes the socket at the end of an `await using` block, and waits until it is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.handle.isClosed) return;
    await new Promise<void>(resolve => this.close(resolve));
  }

  /** Makes the open socket keep the process alive. This is the default. */
  ref(): this {
    this.handle.isRef = true;
    return this;
  }

  /** Lets the process exit while the socket is open. */
  unref(): this {
    this.handle.isRef = false;
    return this;
  }

  /** The file descriptor; -1 if the socket is not bound or closed. */
  get fd(): number {
    return this.handle.isOpen ? this.handle.socket.fd : -1;
  }

  /**
   * Reads an option of `berkeley/options`.
   *
   * @throws SocketError `EBADF` if the socket is not bound
   */
  getOption<T>(option: ReadableOption<T, F>): T {
    this.checkRunning();
    return this.handle.socket.getOption(option);
  }

  /**
   * Sets an option of `berkeley/options`. To set one before the socket is bound, use the option `options` of
   * `createSocket`.
   *
   * @throws SocketError `EBADF` if the socket is not bound
   */
  setOption<T>(option: WritableOption<T, F>, ...[value]: OptionValue<T>): void {
    this.checkRunning();
    (this.handle.socket.setOption as (option: unknown, value: unknown) => void).call(
      this.handle.socket,
      option,
      value,
    );
  }

  /** Returns the size of the receive buffer in bytes. Linux reports twice the size that was set. */
  getRecvBufferSize(): number {
    return this.#bufferSize('recv', 0);
  }

  /** Returns the size of the send buffer in bytes. Linux reports twice the size that was set. */
  getSendBufferSize(): number {
    return this.#bufferSize('send', 0);
  }

  /** Sets the size of the receive buffer in bytes. */
  setRecvBufferSize(size: number): void {
    this.#bufferSize('recv', size);
  }

  /** Sets the size of the send buffer in bytes. */
  setSendBufferSize(size: number): void {
    this.#bufferSize('send', size);
  }

  /** Sets a buffer size, or reads it if `size` is 0, as libuv does. */
  #bufferSize(which: 'recv' | 'send', size: number): number {
    this.checkRunning();
    if (size >>> 0 !== size) throw badBufferSizeError();
    const row = which === 'recv' ? so.rcvbuf : so.sndbuf;
    try {
      const { socket } = this.handle;
      if (size === 0) return socket.getOption(row);
      socket.setOption(row, size > MOST ? checkUint32(Number.NaN, 'size') : size);
      return size;
    } catch (error) {
      throw bufferSizeError(error, `uv_${which}_buffer_size`);
    }
  }

  /** Returns the number of bytes that wait for space in the send buffer. */
  getSendQueueSize(): number {
    this.checkRunning();
    return this.handle.queuedBytes;
  }

  /** Returns the number of datagrams that wait for space in the send buffer. */
  getSendQueueCount(): number {
    this.checkRunning();
    return this.handle.queuedCount;
  }
}

/** Returns a socket without the types of its events. */
function eventsOf(socket: object): EventEmitter {
  return socket as EventEmitter;
}
