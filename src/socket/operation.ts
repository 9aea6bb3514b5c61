import { closedError, type SocketError } from '../errors/errors.js';
import { timedOut } from '../errors/timeout.js';
import type { EventMask } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore } from './core.js';
import { failure, peerOf } from './failure.js';

/** What the operations on a socket have in common. While one waits it keeps its socket from being collected. */
export abstract class SocketOperation<T> implements Operation<T> {
  constructor(
    protected readonly core: AnyCore,
    readonly wait: Call,
  ) {}

  abstract readonly direction: EventMask;
  abstract get syscall(): string;
  abstract attempt(): number;
  abstract finish(result: number): T;

  /** The `sockaddr` that the call means, for its errors. */
  protected get sockaddr(): Uint8Array | null {
    return null;
  }

  /** What else the call asks for, where the advice for its errors depends on it. */
  protected get options(): object | undefined {
    return undefined;
  }

  fail(errno: number): SocketError {
    return this.note(failure(this.core, this.syscall, errno, this.sockaddr, this.options));
  }

  expired(milliseconds: number): SocketError {
    return this.note(timedOut(this.syscall, milliseconds, peerOf(this.core, this.sockaddr)));
  }

  closed(whileWaiting: boolean): SocketError {
    const detail = whileWaiting ? 'the socket was closed while the call waited' : undefined;
    return this.note(closedError(this.syscall, detail, peerOf(this.core, this.sockaddr)));
  }

  /** Adds to an error what the call had done by then. */
  protected note(error: SocketError): SocketError {
    return error;
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
