import { MSG_PEEK } from '../../constants/socket.js';
import { workOfBytes } from '../../reactor/budget.js';
import { type EventMask, POLLIN } from '../../reactor/events.js';
import { YIELD } from '../../reactor/operation.js';
import type { Call } from '../../socket/call.js';
import type { AnyCore } from '../../socket/core.js';
import { recv } from '../../socket/input.js';
import { SocketOperation } from '../../socket/operation.js';
import { scratchOf, takeFrom } from '../../socket/scratch.js';
import type { Inbox } from './inbox.js';

/** The number of system calls per attempt, before other sockets are served. */
const SHARE = 16;

/** The condition that ends a call, and its result. */
export interface Demand<Out, T> {
  /** Returns the maximum number of bytes to receive before it is called again; 0 if there is enough data. */
  wants(inbox: Inbox<Out>): number;
  /** Takes the result; at the end of the stream, takes the remaining data. */
  take(inbox: Inbox<Out>): T;
  /** Whether to receive no data after the first newline. */
  readonly stopsAtNewline?: boolean;
}

/**
 * Calls recv(2) until a call has enough data. The data stays in the inbox until the call succeeds, so a call that is
 * aborted or times out loses none.
 */
export class Fill<Out, T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLIN;
  #received = 0;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly inbox: Inbox<Out>,
    private readonly demand: Demand<Out, T>,
  ) {
    super(core, call);
  }

  get syscall(): string {
    return 'recv';
  }

  attempt(): number {
    for (let step = 0; step < SHARE; step++) {
      const size = this.inbox.failure === undefined ? this.demand.wants(this.inbox) : 0;
      if (size === 0) return 0;
      const count = this.demand.stopsAtNewline ? this.#receiveLine(size) : this.#receive(size, 0);
      if (count < 0) return count;
      if (count === 0) {
        this.inbox.end();
        return 0;
      }
    }
    return YIELD;
  }

  finish(): T {
    return this.demand.take(this.inbox);
  }

  work(): number {
    return workOfBytes(this.#received);
  }

  #receive(size: number, flags: number): number {
    const memory = scratchOf(size, 0, true);
    const count = recv(this.core, memory, flags | this.wait.added);
    if (count > 0 && flags === 0) {
      this.inbox.push(takeFrom(memory, count));
      this.#received += count;
    }
    return count;
  }

  /** Peeks at the data first, and takes it only up to the newline. */
  #receiveLine(size: number): number {
    const count = this.#receive(size, MSG_PEEK);
    if (count <= 0) return count;
    const end = scratchOf(size, 0, true).subarray(0, count).indexOf(10);
    return this.#receive(end < 0 ? count : end + 1, 0);
  }
}
