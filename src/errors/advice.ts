/** Advice for a failed system call: what the person who reads the error can do about it. */
import { generalAdvice } from './general-advice.js';

/** A system call that failed: what is known of it when the error is made. */
export interface Failure {
  /** The system call, as POSIX spells it. */
  readonly syscall: string;
  /** The error's symbolic name: `'EACCES'`. */
  readonly code: string;
  /** The error's number, negative. */
  readonly errno: number;
  /** The name of the address family: `'inet'`, `'unix'`, … */
  readonly family: string;
  /** The socket type, without `SOCK_NONBLOCK` and `SOCK_CLOEXEC`. */
  readonly type: number;
  /** The protocol that the socket was made with; 0 is the family's default. */
  readonly protocol: number;
  /** The address that the call meant, if it meant one. */
  readonly address?: object | undefined;
  /** The options of the call. */
  readonly options?: object | undefined;
  /** The driver of the family. Its advice comes before that of the general table. */
  readonly driver?: Adviser | undefined;
}

/** Gives advice for the failures that it knows. The driver of each family is one. */
export interface Adviser {
  /** Returns advice for this failure, or `undefined` where there is none. */
  advise?(failure: Failure): string | undefined;
}

/**
 * Returns advice for this failure: the family's own, or that of the general table; `undefined` when nothing specific is
 * known. It is the `hint` of the error.
 */
export function advise(failure: Failure): string | undefined {
  return failure.driver?.advise?.(failure) ?? generalAdvice(failure);
}
