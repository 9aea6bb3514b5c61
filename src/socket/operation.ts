import type { SocketError } from '../errors/errors.js';
import type { EventMask } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore } from './core.js';
import { closed, expired, failure } from './failure.js';

/** The base class of the operations on a socket. A waiting operation keeps its socket from being garbage collected. */
export abstract class SocketOperation<T> implements Operation<T> {
  constructor(
    protected readonly core: AnyCore,
    readonly wait: Call,
  ) {}

  abstract readonly direction: EventMask;
  abstract get syscall(): string;
  abstract attempt(): number;
  abstract finish(result: number): T;

  /** The `sockaddr` of the call, for its errors. */
  protected get sockaddr(): Uint8Array | null {
    return null;
  }

  /** The arguments of the call that the advice for its errors depends on. */
  protected get options(): object | undefined {
    return undefined;
  }

  fail(errno: number): SocketError {
    return this.note(failure(this.core, this.syscall, errno, this.sockaddr, this.options));
  }

  expired(milliseconds: number): SocketError {
    return this.note(expired(this.core, this.syscall, milliseconds, this.sockaddr));
  }

  closed(whileWaiting: boolean): SocketError {
    return this.note(closed(this.core, this.syscall, whileWaiting, this.sockaddr));
  }

  /** Adds to an error what the call had done before it failed. */
  protected note(error: SocketError): SocketError {
    return error;
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
