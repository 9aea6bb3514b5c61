import type { Refusal } from '../../address/driver.js';
import { SOCK_STREAM } from '../../constants/socket.js';
import { SocketError, socketError, withHint } from '../../errors/errors.js';
import type { Operation } from '../../reactor/operation.js';
import type { Waitable } from '../../reactor/waitable.js';

/** What an operation has to know of its socket. While it waits it also keeps the socket from being collected. */
export interface Target {
  readonly waitable: Waitable;
  /** A `SOCK_` constant. */
  readonly type: number;
  /** The protocol that the socket was made with. */
  readonly protocol: number;
  /** What its family knows of errors. */
  readonly driver: { explain?(refusal: Refusal): string | undefined };
}

/** The address of whom a send is for, as one who may pass others in its lane; what comes after in a stream may not. */
export function destinationOf({ type }: Target, address: Uint8Array | null): string {
  return address === null || type === SOCK_STREAM ? '' : Buffer.from(address).toString('latin1');
}

/** What the operations on a socket have in common. */
export abstract class SocketOperation<T> implements Operation<T> {
  constructor(protected readonly socket: Target) {}

  abstract get syscall(): string;
  abstract attempt(): number;
  abstract finish(result: number): T;

  fail(errno: number): Error {
    return socketError(errno, { syscall: this.syscall });
  }

  /** What the family knows to help is told too. */
  refuse(errno: number): Error {
    const error = this.fail(errno);
    if (!(error instanceof SocketError)) return error;
    const { code, syscall } = error;
    const { driver, protocol } = this.socket;
    const hint = driver.explain?.({ code, syscall, protocol });
    return hint === undefined ? error : withHint(error, hint);
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
