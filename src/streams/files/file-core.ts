import { EBADF } from '../../errors/codes.js';
import { type SocketError, socketError } from '../../errors/errors.js';
import type { Operation } from '../../reactor/operation.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../../reactor/wait-options.js';
import { isMet } from './demands.js';
import { type Demand, Fill } from './fill.js';
import type { Inbox } from './inbox.js';
import type { Buffering, Mode } from './mode.js';
import { Flush, Outbox } from './outbox.js';
import { rejecting } from './rejecting.js';
import type { Begin, SharedSocket } from './shared-socket.js';

/** The arguments with which a file is opened. */
export interface Opening {
  readonly socket: SharedSocket;
  readonly mode: Mode;
  readonly buffering: Buffering;
  /** The limit of calls without one, in milliseconds. */
  readonly timeout?: number | null | undefined;
}

const CLOSED_MEANWHILE = 'the file was closed while the call waited';

/** Opens and closes a file, and runs its calls on the socket. */
export abstract class FileCore<Out> {
  /** @internal */
  protected readonly opening: Opening;
  /** The data that was received but not read. @internal */
  protected readonly inbox: Inbox<Out>;
  readonly #outbox = new Outbox();
  /** The waiting calls. Closing the file ends them. */
  readonly #reads = new Set<Operation<unknown>>();
  readonly #writes = new Set<Operation<unknown>>();
  #closed: Promise<void> | undefined;
  #released = false;

  /** @internal */
  protected constructor(opening: Opening, inbox: Inbox<Out>) {
    this.opening = opening;
    this.inbox = inbox;
    opening.socket.open();
  }

  /** The mode: `'r'`, `'rwb'`, … */
  get mode(): string {
    return this.opening.mode.name;
  }

  /** Whether the file was opened for reading. */
  get readable(): boolean {
    return this.opening.mode.reads;
  }

  /** Whether the file was opened for writing. */
  get writable(): boolean {
    return this.opening.mode.writes;
  }

  /** Whether the file is closed. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** The socket’s file descriptor; -1 after the file is closed. */
  get fd(): number {
    return this.closed ? -1 : this.opening.socket.fd;
  }

  /**
   * Sends the buffered data. Data that cannot be sent, because the call is aborted or its deadline passes, stays
   * buffered.
   *
   * @param options `timeout` in milliseconds for the whole call, `signal`; no limit by default
   * @throws SocketError `EPIPE`, `ECONNRESET`, …; `EBADF` if the file is closed
   * @throws TimeoutError if the deadline passes
   */
  flush(options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      this.#checkOpen('write');
      return this.#flush(checkWaitOptions(options));
    });
  }

  /** Sync form of {@link flush}. */
  flushSync(options?: SyncWaitOptions): void {
    this.#checkOpen('write');
    this.#flushSync(checkSync(options));
  }

  /**
   * Sends the buffered data and closes the file. Waiting calls are rejected with `EBADF`. Closing a closed file does
   * nothing.
   *
   * The socket stays open, unless it was closed before and this was its last open file. Data that a binary file has
   * read ahead is given back to the socket.
   *
   * @param options `timeout` in milliseconds and `signal`, for sending; no limit by default
   * @throws SocketError as {@link flush}; the file is closed anyway, and the data that was not sent is lost
   */
  close(options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      const wait = checkWaitOptions(options);
      this.#closed ??= this.#flush(wait).finally(() => this.#release());
      return this.#closed;
    });
  }

  /** Sync form of {@link close}. */
  closeSync(options?: SyncWaitOptions): void {
    const wait = checkSync(options);
    if (this.#released) return;
    this.#closed ??= Promise.resolve();
    try {
      this.#flushSync(wait);
    } finally {
      this.#release();
    }
  }

  /** Closes the file with {@link closeSync} at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.closeSync();
  }

  /** Closes the file with {@link close} at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Waits until a demand is met, and returns its result. @internal */
  protected take<T>(demand: Demand<Out, T>, wait: WaitOptions): Promise<T> {
    this.#checkOpen('read');
    if (wait.signal?.aborted) return Promise.reject(wait.signal.reason);
    // Earlier calls are served first, even if enough data is available.
    if (this.#reads.size === 0 && isMet(this.inbox, demand)) return Promise.resolve(demand.take(this.inbox));
    return this.#receive(demand, wait);
  }

  /** @internal */
  protected takeSync<T>(demand: Demand<Out, T>, wait: SyncWaitOptions): T {
    this.#checkOpen('read');
    const { socket } = this.opening;
    const call = socket.callSync(this.#limited(wait));
    if (this.#reads.size === 0 && isMet(this.inbox, demand)) return demand.take(this.inbox);
    return socket.runSync(core => new Fill(core, call, this.inbox, demand));
  }

  /**
   * Buffers data, which the caller must not change afterwards. Sends it if it `ends` a line or the buffer is full.
   * @internal
   */
  protected put(bytes: Uint8Array, ends: boolean, wait: WaitOptions): Promise<void> {
    if (wait.signal?.aborted) return Promise.reject(wait.signal.reason);
    return this.#isToBeSent(bytes, ends) ? this.#flush(wait) : Promise.resolve();
  }

  /** @internal */
  protected putSync(bytes: Uint8Array, ends: boolean, wait: SyncWaitOptions): void {
    if (this.#isToBeSent(bytes, ends)) this.#flushSync(wait);
  }

  /** Runs a send call after the buffered data of earlier calls. @internal */
  protected async send<T>(begin: Begin<T>, wait: WaitOptions): Promise<T> {
    this.#checkOpen('write');
    await this.#flush(wait);
    return this.#run(this.#writes, 'write', begin, wait);
  }

  /** @internal */
  protected sendSync<T>(begin: Begin<T>, wait: SyncWaitOptions): T {
    this.#checkOpen('write');
    this.#flushSync(wait);
    const { socket } = this.opening;
    const call = socket.callSync(this.#limited(wait));
    return socket.runSync(core => begin(core, call));
  }

  #isToBeSent(bytes: Uint8Array, ends: boolean): boolean {
    this.#checkOpen('write');
    this.#outbox.push(bytes);
    const { size, byLine } = this.opening.buffering;
    return this.#outbox.length >= size || (byLine && ends);
  }

  #receive<T>(demand: Demand<Out, T>, wait: WaitOptions): Promise<T> {
    const begin: Begin<T> = (core, call) => new Fill(core, call, this.inbox, demand);
    return this.#run(this.#reads, 'read', begin, wait);
  }

  /**
   * Runs a call that ends when the file is closed.
   *
   * @param waiting the waiting calls of the same kind
   */
  async #run<T>(
    waiting: Set<Operation<unknown>>,
    syscall: 'read' | 'write',
    begin: Begin<T>,
    wait: WaitOptions,
  ): Promise<T> {
    let operation: Operation<unknown> | undefined;
    const forget = () => {
      if (operation !== undefined) waiting.delete(operation);
    };
    try {
      return await this.opening.socket.run((core, call) => {
        // The file was closed between two attempts, while the call was in no lane.
        if (this.#released) throw closed(syscall, CLOSED_MEANWHILE);
        forget();
        const begun = begin(core, call);
        operation = begun as Operation<unknown>;
        waiting.add(operation);
        return begun;
      }, this.#limited(wait));
    } finally {
      forget();
    }
  }

  /** Adds the limit of the file to a call that has none. */
  #limited<W extends SyncWaitOptions>(wait: W): W {
    const { timeout } = this.opening;
    return timeout === undefined || wait.timeout !== undefined ? wait : { ...wait, timeout };
  }

  async #flush(wait: WaitOptions): Promise<void> {
    if (this.#outbox.length === 0) return;
    await this.#run(this.#writes, 'write', (core, call) => new Flush(core, call, this.#outbox), wait);
  }

  #flushSync(wait: SyncWaitOptions): void {
    if (this.#outbox.length === 0) return;
    const { socket } = this.opening;
    const call = socket.callSync(this.#limited(wait));
    socket.runSync(core => new Flush(core, call, this.#outbox));
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    const { socket } = this.opening;
    for (const read of this.#reads) socket.cancel(read, closed('read', CLOSED_MEANWHILE));
    for (const write of this.#writes) socket.cancel(write, closed('write', CLOSED_MEANWHILE));
    this.#outbox.clear(); // last: a flush that found nothing to send would have succeeded
    socket.putBack(this.inbox.unread());
    socket.close();
  }

  #checkOpen(syscall: 'read' | 'write'): void {
    if (this.closed) throw closed(syscall, 'the file is closed');
    const { reads, writes } = this.opening.mode;
    if (syscall === 'read' && !reads) throw closed(syscall, 'the file was not opened for reading');
    if (syscall === 'write' && !writes) throw closed(syscall, 'the file was not opened for writing');
  }
}

/** Returns the error of read(2) and write(2): "fd is not a valid file descriptor or is not open for reading". */
function closed(syscall: 'read' | 'write', hint: string): SocketError {
  return socketError(EBADF, { syscall, hint });
}

/** Checks the options of a Sync call that has only a timeout. */
export function checkSync(
  options: SyncWaitOptions | undefined,
  keys: readonly string[] = [],
): SyncWaitOptions {
  const timeout = checkSyncWaitOptions(options, keys);
  return timeout === undefined ? {} : { timeout };
}
