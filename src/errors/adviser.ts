/** What gives advice for a failed system call, and what the advice depends on. */

/** A failed system call, with everything that advice can depend on. */
export interface Failure {
  /** The system call, by its POSIX name. */
  readonly syscall: string;
  /** The symbolic name of the error: `'EACCES'`. */
  readonly code: string;
  /** The error number, negative. */
  readonly errno: number;
  /** The name of the address family: `'inet'`, `'unix'`, … */
  readonly family: string;
  /** The socket type, without `SOCK_NONBLOCK` and `SOCK_CLOEXEC`. */
  readonly type: number;
  /** The protocol that the socket was created with; 0 is the family's default. */
  readonly protocol: number;
  /** The address that was passed to the call, if any. */
  readonly address?: object | undefined;
  /** The options of the call. */
  readonly options?: object | undefined;
  /** Returns whether the socket has no local port: it was never connected or bound. It asks the kernel. */
  readonly hasNoPort?: (() => boolean) | undefined;
  /** Returns the value of an integer option of the socket; `undefined` if it has none. It asks the kernel. */
  readonly optionOf?: ((level: number, name: number) => number | undefined) | undefined;
  /** The driver of the family. Its advice takes precedence over the general table. */
  readonly driver?: Adviser | undefined;
}

/** Gives advice for failures of its family. The driver of each family is an adviser. */
export interface Adviser {
  /** Returns advice for this failure, or `undefined` if there is none. */
  advise?(failure: Failure): string | undefined;
}
