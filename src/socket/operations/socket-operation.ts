import { SOCK_STREAM } from '../../constants/socket.js';
import { type Adviser, advise } from '../../errors/advice.js';
import { errnoCode } from '../../errors/codes.js';
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
  /** The driver of its family. */
  readonly driver: Adviser & { readonly name: string };
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

  /** The address that the call meant. */
  protected get meant(): object | undefined {
    return undefined;
  }

  /** The error with advice for it. */
  refuse(errno: number): Error {
    const error = this.fail(errno);
    if (!(error instanceof SocketError) || error.hint !== undefined) return error;
    const hint = adviceFor(this.socket, error.syscall, errno, this.meant);
    return hint === undefined ? error : withHint(error, hint);
  }

  drained(result: number): boolean {
    return result < 0;
  }
}

/** Advice for a call that failed on a socket. */
export function adviceFor(
  { driver, type, protocol }: Omit<Target, 'waitable'>,
  syscall: string,
  errno: number,
  address?: object,
): string | undefined {
  const kind = { family: driver.name, type, protocol, driver };
  return advise({ code: errnoCode(errno), errno, syscall, address, ...kind });
}

/** The result of a call on a socket, or its error with advice for it. */
export function checkedCall(socket: Omit<Target, 'waitable'>, result: number, syscall: string): number {
  if (result < 0) throw socketError(result, { syscall, hint: adviceFor(socket, syscall, result) });
  return result;
}
