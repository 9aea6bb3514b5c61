import { EBADF } from '../../errors/codes.js';
import { type SocketError, socketError } from '../../errors/errors.js';
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

/** What a file is opened on. */
export interface Opening {
  readonly socket: SharedSocket;
  readonly mode: Mode;
  readonly buffering: Buffering;
}

/** The life of a file, and how its calls reach the socket. */
export abstract class FileCore<Out> {
  /** @internal */
  protected readonly opening: Opening;
  /** What was received and not read yet. @internal */
  protected readonly inbox: Inbox<Out>;
  readonly #outbox = new Outbox();
  /** The reads that wait: closing the file ends them. */
  readonly #reads = new Set<Fill<Out, unknown>>();
  #closed: Promise<void> | undefined;
  #released = false;

  /** @internal */
  protected constructor(opening: Opening, inbox: Inbox<Out>) {
    this.opening = opening;
    this.inbox = inbox;
    opening.socket.open();
  }

  /** What the file was opened for: `'r'`, `'rwb'`, … */
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

  /** Whether the file was closed. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** The socket's descriptor; -1 once the file is closed. */
  get fd(): number {
    return this.closed ? -1 : this.opening.socket.fd;
  }

  /**
   * Sends what is buffered. What cannot be sent, because the call was aborted or its deadline passed, stays buffered.
   *
   * @param options `timeout` (for the whole), `signal`
   * @throws SocketError `EPIPE`, `ECONNRESET`, …; `EBADF` if the file is closed; TimeoutError if the deadline passes
   */
  flush(options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      this.#checkOpen('write');
      return this.#flush(checkWaitOptions(options));
    });
  }

  /** {@link flush}, in this thread. */
  flushSync(options?: SyncWaitOptions): void {
    this.#checkOpen('write');
    this.#flushSync(checkSync(options));
  }

  /**
   * Sends what is buffered, and closes the file; calls that wait to read from it are rejected with `EBADF`. The socket
   * stays open, unless it was closed before and this was the last file over it. Closing twice does nothing.
   *
   * @param options `timeout` and `signal`, for the sending
   * @throws SocketError as {@link flush}; the file is closed all the same, and what was not sent is lost
   */
  close(options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      const wait = checkWaitOptions(options);
      this.#closed ??= this.#flush(wait).finally(() => this.#release());
      return this.#closed;
    });
  }

  /** {@link close}, in this thread. */
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

  /** {@link closeSync}, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.closeSync();
  }

  /** {@link close}, at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Reads what is demanded. @internal */
  protected take<T>(demand: Demand<Out, T>, wait: WaitOptions): Promise<T> {
    this.#checkOpen('read');
    if (wait.signal?.aborted) return Promise.reject(wait.signal.reason);
    // Calls that were made before are served before, whatever is there.
    if (this.#reads.size === 0 && isMet(this.inbox, demand)) return Promise.resolve(demand.take(this.inbox));
    return this.#receive(demand, wait);
  }

  /** @internal */
  protected takeSync<T>(demand: Demand<Out, T>, wait: SyncWaitOptions): T {
    this.#checkOpen('read');
    return this.opening.socket.runSync((core, call) => new Fill(core, call, this.inbox, demand), wait);
  }

  /** Buffers data, which is the file's from now on, and sends it if it `ends` a line or the buffer is full. @internal */
  protected put(bytes: Uint8Array, ends: boolean, wait: WaitOptions): Promise<void> {
    if (wait.signal?.aborted) return Promise.reject(wait.signal.reason);
    return this.#isToBeSent(bytes, ends) ? this.#flush(wait) : Promise.resolve();
  }

  /** @internal */
  protected putSync(bytes: Uint8Array, ends: boolean, wait: SyncWaitOptions): void {
    if (this.#isToBeSent(bytes, ends)) this.#flushSync(wait);
  }

  /** Runs a send of its own, after what calls that ended early have left. @internal */
  protected async send<T>(begin: Begin<T>, wait: WaitOptions): Promise<T> {
    this.#checkOpen('write');
    await this.#flush(wait);
    return this.opening.socket.run(begin, wait);
  }

  /** @internal */
  protected sendSync<T>(begin: Begin<T>, wait: SyncWaitOptions): T {
    this.#checkOpen('write');
    this.#flushSync(wait);
    return this.opening.socket.runSync(begin, wait);
  }

  #isToBeSent(bytes: Uint8Array, ends: boolean): boolean {
    this.#checkOpen('write');
    this.#outbox.push(bytes);
    const { size, byLine } = this.opening.buffering;
    return this.#outbox.length >= size || (byLine && ends);
  }

  async #receive<T>(demand: Demand<Out, T>, wait: WaitOptions): Promise<T> {
    let fill: Fill<Out, T> | undefined;
    const forget = () => {
      if (fill !== undefined) this.#reads.delete(fill as Fill<Out, unknown>);
    };
    try {
      return await this.opening.socket.run((core, call) => {
        forget();
        fill = new Fill(core, call, this.inbox, demand);
        this.#reads.add(fill as Fill<Out, unknown>);
        return fill;
      }, wait);
    } finally {
      forget();
    }
  }

  async #flush(wait: WaitOptions): Promise<void> {
    if (this.#outbox.length === 0) return;
    await this.opening.socket.run((core, call) => new Flush(core, call, this.#outbox), wait);
  }

  #flushSync(wait: SyncWaitOptions): void {
    if (this.#outbox.length === 0) return;
    this.opening.socket.runSync((core, call) => new Flush(core, call, this.#outbox), wait);
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#outbox.clear();
    const error = closed('read', 'the file was closed while the call waited');
    for (const read of this.#reads) this.opening.socket.cancel(read, error);
    this.opening.socket.close();
  }

  #checkOpen(syscall: 'read' | 'write'): void {
    if (this.closed) throw closed(syscall, 'the file is closed');
    const { reads, writes } = this.opening.mode;
    if (syscall === 'read' && !reads) throw closed(syscall, 'the file was not opened for reading');
    if (syscall === 'write' && !writes) throw closed(syscall, 'the file was not opened for writing');
  }
}

/** As read(2) and write(2) put it: "fd is not a valid file descriptor or is not open for reading". */
function closed(syscall: 'read' | 'write', hint: string): SocketError {
  return socketError(EBADF, { syscall, hint });
}

/** Checks the options of a Sync call that has only a limit. */
export function checkSync(
  options: SyncWaitOptions | undefined,
  keys: readonly string[] = [],
): SyncWaitOptions {
  const timeout = checkSyncWaitOptions(options, keys);
  return timeout === undefined ? {} : { timeout };
}
