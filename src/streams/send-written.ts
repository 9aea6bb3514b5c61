import { binding } from '../binding.js';
import { workOfBytes } from '../reactor/budget.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { FULL, YIELD } from '../reactor/operation.js';
import { PROMISE, parseCall } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { SocketOperation } from '../socket/operation.js';
import { after } from './pieces.js';

/** The number of partial send calls per attempt, before other sockets are served. */
const SHARE = 16;
/** The maximum number of pieces per call: IOV_MAX of limits.h. */
const IOV_MAX = 1024;

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Calls send(2) or sendmsg(2) until all data is sent that a program has written to a stream. A stream makes one write at a
 * time, so it has one of these for all.
 */
export class SendWritten extends SocketOperation<void> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  readonly #flags: number;
  /** The bytes to send, if they are one piece. */
  #one = NOTHING;
  /** The pieces to send, if they are several. */
  #several: readonly Uint8Array[] | undefined;
  #sent = 0;

  /** @param counter gets the number of bytes that each system call has sent */
  constructor(
    core: AnyCore,
    private readonly counter: { onSent(bytes: number): void },
  ) {
    const call = parseCall(core, PROMISE, undefined);
    super(core, call);
    this.#flags = call.added;
  }

  get syscall(): string {
    return 'send';
  }

  get progress(): number {
    return this.#sent;
  }

  /** The number of bytes that are not sent yet. */
  get left(): number {
    if (this.#several === undefined) return this.#one.length;
    return this.#several.reduce((sum, piece) => sum + piece.length, 0);
  }

  /** Sets the data of the next write. No piece is empty. */
  set(data: Uint8Array | readonly Uint8Array[]): void {
    this.#sent = 0;
    this.#setRest(data);
  }

  #setRest(data: Uint8Array | readonly Uint8Array[]): void {
    const isSeveral = Array.isArray(data) && data.length > 1;
    this.#several = isSeveral ? data : undefined;
    this.#one = isSeveral ? NOTHING : Array.isArray(data) ? (data[0] ?? NOTHING) : (data as Uint8Array);
  }

  /** Copies the bytes that are not sent, because the call waits and their memory is about to be reused. */
  keep(): void {
    this.#one = Buffer.from(this.#one);
  }

  attempt(): number {
    for (let step = 0; step < SHARE; step++) {
      const result = this.#call();
      if (result < 0) return result;
      if (result === 0) return FULL; // no progress, and no reason given
      this.#sent += result;
      this.counter.onSent(result);
      if (!this.#drop(result)) return this.#sent;
    }
    return YIELD;
  }

  #call(): number {
    const { fd } = this.core;
    if (this.#several === undefined) return binding.send(fd, this.#one, this.#flags);
    return binding.sendmsg(fd, this.#several.slice(0, IOV_MAX), null, this.#flags, null);
  }

  /** Removes bytes that were sent. Returns whether any are left. */
  #drop(count: number): boolean {
    if (this.#several !== undefined) {
      const rest = after(this.#several, count);
      if (rest.length > 0) this.#setRest(rest);
      else this.#release();
      return rest.length > 0;
    }
    const isLeft = count < this.#one.length;
    if (isLeft) this.#one = this.#one.subarray(count);
    else this.#release();
    return isLeft;
  }

  #release(): void {
    this.#one = NOTHING;
    this.#several = undefined;
  }

  abandon(): void {
    this.#release();
  }

  work(result: number): number {
    return workOfBytes(result);
  }

  finish(): void {}
}
