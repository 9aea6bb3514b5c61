import { EBADF } from '../../errors/codes.js';
import { type SocketError, socketError } from '../../errors/errors.js';
import type { WaitOptions } from '../../reactor/wait-options.js';
import { checkWait, promised } from '../../socket/handle.js';
import { isMet } from './demands.js';
import { type Demand, Fill } from './fill.js';
import type { Inbox } from './inbox.js';
import type { Buffering, Mode } from './mode.js';
import { Flush, Outbox } from './outbox.js';
import type { Begin, Direction, SharedSocket } from './shared-socket.js';

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
  /** Ends the reads that wait when the file is closed. */
  readonly #closing = new AbortController();
  #reading = 0;
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
   * Sends what is buffered. What cannot be sent, because the call was aborted or its time is over, stays buffered.
   *
   * @param wait a signal, a timeout for the whole
   * @throws SocketError `EPIPE`, `ECONNRESET`, …; `ETIMEDOUT` when the time is over; `EBADF` if the file is closed
   */
  flush(wait?: WaitOptions): Promise<void> {
    return promised(() => {
      this.#checkOpen('write');
      return this.#flush(checkWait(wait));
    });
  }

  /** {@link flush}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  flushSync(): void {
    this.#checkOpen('write');
    this.#flushSync();
  }

  /**
   * Sends what is buffered, and closes the file; calls that wait to read from it are rejected with `EBADF`. The socket
   * stays open, unless it was closed before and this was the last file over it. Closing twice does nothing.
   *
   * @param wait a signal, a timeout, for the sending
   * @throws SocketError as {@link flush}; the file is closed all the same, and what was not sent is lost
   */
  close(wait?: WaitOptions): Promise<void> {
    return promised(() => {
      const checked = checkWait(wait);
      this.#closed ??= this.#flush(checked).finally(() => this.#release());
      return this.#closed;
    });
  }

  /** {@link close}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  closeSync(): void {
    if (this.#released) return;
    this.#closed ??= Promise.resolve();
    try {
      this.#flushSync();
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
  protected take<T>(demand: Demand<Out, T>, wait: WaitOptions | undefined): Promise<T> {
    this.#checkOpen('read');
    const checked = checkWait(wait);
    if (checked.signal?.aborted) return Promise.reject(checked.signal.reason);
    // Those who came before are served before, whatever there is.
    if (this.#reading === 0 && isMet(this.inbox, demand)) return Promise.resolve(demand.take(this.inbox));
    return this.#receive(demand, checked);
  }

  /** @internal */
  protected takeSync<T>(demand: Demand<Out, T>): T {
    this.#checkOpen('read');
    return this.opening.socket.runSync('input', target => new Fill(target, this.inbox, demand, true));
  }

  /** Buffers data, which is the file's from now on, and sends it if it `ends` a line or the buffer is full. @internal */
  protected put(bytes: Uint8Array, ends: boolean, wait: WaitOptions | undefined): Promise<void> {
    const checked = checkWait(wait);
    if (checked.signal?.aborted) return Promise.reject(checked.signal.reason);
    return this.#isToBeSent(bytes, ends) ? this.#flush(checked) : Promise.resolve();
  }

  /** @internal */
  protected putSync(bytes: Uint8Array, ends: boolean): void {
    if (this.#isToBeSent(bytes, ends)) this.#flushSync();
  }

  /** A call of its own in the output lane, after what is left of others that gave up. @internal */
  protected async send<T>(begin: Begin<T>, wait: WaitOptions | undefined): Promise<T> {
    this.#checkOpen('write');
    const checked = checkWait(wait);
    await this.#flush(checked);
    return this.#run('output', begin, checked);
  }

  /** @internal */
  protected sendSync<T>(begin: Begin<T>): T {
    this.#checkOpen('write');
    this.#flushSync();
    return this.opening.socket.runSync('output', begin);
  }

  #isToBeSent(bytes: Uint8Array, ends: boolean): boolean {
    this.#checkOpen('write');
    this.#outbox.push(bytes);
    const { size, byLine } = this.opening.buffering;
    return this.#outbox.length >= size || (byLine && ends);
  }

  async #receive<T>(demand: Demand<Out, T>, wait: WaitOptions): Promise<T> {
    this.#reading++;
    try {
      const closing = this.#closing.signal;
      const signal = wait.signal === undefined ? closing : AbortSignal.any([closing, wait.signal]);
      return await this.#run('input', target => new Fill(target, this.inbox, demand, false), {
        ...wait,
        signal,
      });
    } finally {
      this.#reading--;
    }
  }

  #run<T>(direction: Direction, begin: Begin<T>, wait: WaitOptions): Promise<T> {
    return this.opening.socket.run(direction, begin, wait);
  }

  async #flush(wait: WaitOptions): Promise<void> {
    if (this.#outbox.length === 0) return;
    await this.#run('output', target => new Flush(target, this.#outbox, false), wait);
  }

  #flushSync(): void {
    if (this.#outbox.length === 0) return;
    this.opening.socket.runSync('output', target => new Flush(target, this.#outbox, true));
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#outbox.clear();
    this.#closing.abort(closed('read', 'the file was closed while the call waited'));
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
