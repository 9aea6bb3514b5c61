import { binding } from '../../binding.js';
import { workOfBytes } from '../../reactor/budget.js';
import { type EventMask, POLLOUT } from '../../reactor/events.js';
import { FULL, YIELD } from '../../reactor/operation.js';
import type { Call } from '../../socket/call.js';
import type { AnyCore } from '../../socket/core.js';
import { SocketOperation } from '../../socket/operation.js';

/** The number of system calls per attempt, before other sockets are served. */
const SHARE = 16;
/** The maximum number of pieces per call; small ones are joined first. */
const MOST = 16;
/** The maximum number of bytes that are joined, so that no byte is copied repeatedly. */
const JOINED = 65536;

/** The data that was written but not sent. */
export class Outbox {
  #pieces: Uint8Array[] = [];
  #length = 0;

  /** The number of bytes. */
  get length(): number {
    return this.#length;
  }

  /** Adds data, which the caller must not change afterwards. */
  push(data: Uint8Array): void {
    if (data.length === 0) return;
    this.#pieces.push(data);
    this.#length += data.length;
  }

  /** Returns the next pieces to send. */
  first(): readonly Uint8Array[] {
    if (this.#pieces.length <= MOST) return this.#pieces;
    this.#join();
    return this.#pieces.slice(0, MOST);
  }

  /** Removes bytes that were sent. */
  drop(count: number): void {
    this.#length -= count;
    let left = count;
    let used = 0;
    for (; used < this.#pieces.length && this.#pieces[used]!.length <= left; used++) {
      left -= this.#pieces[used]!.length;
    }
    this.#pieces.splice(0, used);
    if (left > 0) this.#pieces[0] = this.#pieces[0]!.subarray(left);
  }

  /** Removes all data. */
  clear(): void {
    this.drop(this.#length);
  }

  #join(): void {
    let count = 0;
    for (let length = 0; count < this.#pieces.length && length < JOINED; count++) {
      length += this.#pieces[count]!.length;
    }
    this.#pieces.splice(0, count, Buffer.concat(this.#pieces.slice(0, count)));
  }
}

/** Calls sendmsg(2) until the outbox is empty. Data that could not be sent stays in it. */
export class Flush extends SocketOperation<void> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  #sent = 0;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly outbox: Outbox,
  ) {
    super(core, call);
  }

  get progress(): number {
    return this.#sent;
  }

  get syscall(): string {
    return 'sendmsg';
  }

  attempt(): number {
    const flags = this.wait.added;
    for (let step = 0; step < SHARE; step++) {
      if (this.outbox.length === 0) return 0;
      const sent = binding.sendmsg(this.core.fd, this.outbox.first(), null, flags, null);
      if (sent < 0) return sent;
      if (sent === 0) return FULL; // no progress, and no reason given
      this.outbox.drop(sent);
      this.#sent += sent;
    }
    return YIELD;
  }

  finish(): void {}

  work(): number {
    return workOfBytes(this.#sent);
  }
}
