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

/** What a file is opened on. */
export interface Opening {
  readonly socket: SharedSocket;
  readonly mode: Mode;
  readonly buffering: Buffering;
}

const CLOSED_MEANWHILE = 'the file was closed while the call waited';

/** The life of a file, and how its calls reach the socket. */
export abstract class FileCore<Out> {
  /** @internal */
  protected readonly opening: Opening;
  /** What was received and not read yet. @internal */
  protected readonly inbox: Inbox<Out>;
  readonly #outbox = new Outbox();
  /** The calls that wait: closing the file ends them. */
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
   * Sends what is buffered, and closes the file; calls that wait on it are rejected with `EBADF`. The socket stays open,
   * unless it was closed before and this was the last file over it. What a binary file has read ahead is given back to the
   * socket. Closing twice does nothing.
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
    const { socket } = this.opening;
    const call = socket.callSync(wait);
    if (this.#reads.size === 0 && isMet(this.inbox, demand)) return demand.take(this.inbox);
    return socket.runSync(core => new Fill(core, call, this.inbox, demand));
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
    return this.#run(this.#writes, 'write', begin, wait);
  }

  /** @internal */
  protected sendSync<T>(begin: Begin<T>, wait: SyncWaitOptions): T {
    this.#checkOpen('write');
    this.#flushSync(wait);
    const { socket } = this.opening;
    const call = socket.callSync(wait);
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
   * Runs a call that closing the file ends.
   *
   * @param waiting the calls of its kind
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
        // The file was closed between two tries, while the call was in no lane.
        if (this.#released) throw closed(syscall, CLOSED_MEANWHILE);
        forget();
        const begun = begin(core, call);
        operation = begun as Operation<unknown>;
        waiting.add(operation);
        return begun;
      }, wait);
    } finally {
      forget();
    }
  }

  async #flush(wait: WaitOptions): Promise<void> {
    if (this.#outbox.length === 0) return;
    await this.#run(this.#writes, 'write', (core, call) => new Flush(core, call, this.#outbox), wait);
  }

  #flushSync(wait: SyncWaitOptions): void {
    if (this.#outbox.length === 0) return;
    const { socket } = this.opening;
    const call = socket.callSync(wait);
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
