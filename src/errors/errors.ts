/**
 * The errors of system calls, with the properties of Node's (`code`, `errno`, `syscall`, `address`, `port`) and the
 * classes of Python's hierarchy (PEP 3151). One table maps each code to its class.
 */
import { brandErrors } from './brand.js';
import { EBADF, errnoCode, errnoNumber } from './codes.js';
import { setLimit, stackFrom, withMoreFrames } from './stack.js';

/** The properties of an error besides its number. */
export interface ErrorContext {
  /** The system call, by its POSIX name. */
  readonly syscall: string;
  /** The host or formatted address that the call was for, if any. */
  readonly address?: string | undefined;
  /** The port that the call was for, if the family has ports. */
  readonly port?: number | undefined;
  /** The name that was looked up. The message shows it if there is no address. */
  readonly hostname?: string | undefined;
  /** The whole message, if it does not begin with a system call. */
  readonly message?: string | undefined;
  /** Advice for this failure: `modprobe can`, `needs CAP_NET_RAW`. Appended to the message. */
  readonly hint?: string | undefined;
  /** The timeout that expired, in milliseconds; see `timedOut`. */
  readonly timeout?: number | undefined;
}

/**
 * The error of a failed system call, and the base class of all errors below. It corresponds to Python’s `OSError`.
 *
 * The message has Node's format, followed by advice if there is any: `connect ENOENT /run/x.sock (there is no socket at
 * this path: check that the server was started)`.
 *
 * `stack` begins at the caller's frame. With the environment variable `BERKELEY_DEBUG=1`, this includes errors that
 * occur after the call has returned. `instanceof` also works for errors of another copy of this package in the same
 * process.
 */
export class SocketError extends Error {
  // These are declared and not defined: an absent field should not appear as `undefined` when the error is printed.

  /** The symbolic name: `'ECONNREFUSED'`. See errno(3). */
  declare readonly code: string;
  /** The error number, negative as in Node.js: `-111`. */
  declare readonly errno: number;
  /** The system call that failed: `'connect'`. */
  declare readonly syscall: string;
  /** The host or the formatted address that the call was for, if any. */
  declare readonly address?: string;
  /** The port that the call was for, in families that have ports. */
  declare readonly port?: number;
  /** Advice for this failure, if there is any. The message contains it. */
  declare readonly hint?: string;
  /**
   * The number of bytes that were sent or received before the call failed, for calls that transfer data in several
   * steps.
   */
  declare bytesTransferred?: number;
  /** The bytes that `sendfile` read from a terminal or another device but did not send: they cannot be read again. */
  declare unsent?: Buffer;
  /** The number of complete messages that were sent before the call failed, for calls that send several. */
  declare messagesSent?: number;

  /** An error that captured the frames; see stack.ts. `undefined` if no frames are captured. */
  readonly #recorded: Error | undefined;

  /**
   * @param errno the error number, negative
   * @param context the other properties of the error
   * @param code the symbolic name, if `errno` is not a number of errno(3)
   */
  constructor(errno: number, context: ErrorContext, code: string = errnoCode(errno)) {
    const message = context.message ?? describe(code, context);
    const limit: unknown = Error.stackTraceLimit;
    // The frames are captured once, by #recorded, and not a second time by the constructor of Error.
    const isLazy = typeof limit === 'number' && setLimit(undefined);
    super(message);
    if (isLazy) {
      setLimit(limit);
      this.#recorded = withMoreFrames(() => new Error(message));
      Object.defineProperty(this, 'stack', SocketError.#stack);
    }
    this.code = code;
    this.errno = errno;
    this.syscall = context.syscall;
    if (context.address !== undefined) this.address = context.address;
    if (context.port !== undefined) this.port = context.port;
    if (context.hint !== undefined) this.hint = context.hint;
  }

  static readonly #stack: PropertyDescriptor = {
    configurable: true,
    enumerable: false,
    get(this: SocketError): string | undefined {
      if (!(#recorded in this)) return undefined; // an object that inherits from an error
      const stack = stackFrom(this, this.#recorded!);
      setStack(this, stack);
      return stack;
    },
    set(this: object, stack: unknown) {
      setStack(this, stack);
    },
  };
}

function setStack(error: object, value: unknown): void {
  Object.defineProperty(error, 'stack', { value, configurable: true, enumerable: false, writable: true });
}

function describe(code: string, { syscall, address, port, hostname, hint }: ErrorContext): string {
  const subject = address ?? hostname;
  const peer = subject === undefined ? '' : ` ${subject}${port === undefined ? '' : `:${port}`}`;
  return `${syscall} ${code}${peer}${hint === undefined ? '' : ` (${hint})`}`;
}

/** A non-blocking call would have to wait: `EAGAIN`, `EALREADY`, `EINPROGRESS`. */
export class BlockingError extends SocketError {}
/** A connection failed: the base of the four classes below. */
export class ConnectionError extends SocketError {}
/** The connection is shut down for sending, or the peer has closed it: `EPIPE`, `ESHUTDOWN`. */
export class BrokenPipeError extends ConnectionError {}
/** The peer closed the connection before it was accepted: `ECONNABORTED`. */
export class ConnectionAbortedError extends ConnectionError {}
/** No socket listens at the address: `ECONNREFUSED`. */
export class ConnectionRefusedError extends ConnectionError {}
/** The peer reset the connection: `ECONNRESET`. */
export class ConnectionResetError extends ConnectionError {}
/** A signal interrupted a call that cannot be restarted: `EINTR`. */
export class InterruptedError extends SocketError {}
/** The process lacks a permission: `EACCES`, `EPERM`. `hint` contains the required capability if it is known. */
export class PermissionError extends SocketError {}
/**
 * The deadline of the call passed, or the connection timed out in the kernel: `ETIMEDOUT`. `timeout` and
 * {@link isTimeout} distinguish them: `recv timed out after 100 ms` is a deadline, `recv ETIMEDOUT` a failed
 * connection.
 */
export class TimeoutError extends SocketError {
  /** The timeout that expired, in milliseconds. `undefined` if the connection timed out in the kernel. */
  declare readonly timeout?: number;

  /**
   * @param errno the error number, negative
   * @param context the other properties of the error
   */
  constructor(errno: number, context: ErrorContext) {
    super(errno, context);
    if (context.timeout !== undefined) this.timeout = context.timeout;
  }
}
/**
 * The kernel or the platform does not support the address family, protocol, option or constant: `EAFNOSUPPORT`,
 * `EPROTONOSUPPORT`, `ENOPROTOOPT`, …
 */
export class UnsupportedError extends SocketError {}

type ErrorClass = new (errno: number, context: ErrorContext) => SocketError;

/** The class of each code, after PEP 3151. Any other code has `SocketError`. */
const classes: Readonly<Record<string, ErrorClass>> = {
  EAGAIN: BlockingError,
  EALREADY: BlockingError,
  EINPROGRESS: BlockingError,
  EPIPE: BrokenPipeError,
  ESHUTDOWN: BrokenPipeError,
  ECONNABORTED: ConnectionAbortedError,
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  EINTR: InterruptedError,
  EACCES: PermissionError,
  EPERM: PermissionError,
  ETIMEDOUT: TimeoutError,
  EAFNOSUPPORT: UnsupportedError,
  EPROTONOSUPPORT: UnsupportedError,
  ESOCKTNOSUPPORT: UnsupportedError,
  EPFNOSUPPORT: UnsupportedError,
  ENOPROTOOPT: UnsupportedError,
};

const socketErrors = [SocketError, ConnectionError, ...Object.values(classes)];
for (const errorClass of socketErrors) nameError(errorClass);
brandErrors(SocketError, socketErrors);

/** Sets the name of an error class on its prototype, so that it prints like a built-in error. */
export function nameError(errorClass: { readonly name: string; readonly prototype: object }): void {
  Object.defineProperty(errorClass.prototype, 'name', {
    value: errorClass.name,
    configurable: true,
    writable: true,
  });
}

/** Returns the error of a system call that returned `errno` (negative). */
export function socketError(errno: number, context: ErrorContext): SocketError {
  const errorClass = classes[errnoCode(errno)] ?? SocketError;
  return new errorClass(errno, context);
}

/** Returns the error for a symbolic name. */
export function socketErrorOf(code: string, context: ErrorContext): SocketError {
  return socketError(errnoNumber(code), context);
}

/**
 * Returns the error for a call on a closed socket: `recv EBADF (the socket is closed)`.
 *
 * @param syscall the system call that was not made
 * @param detail the reason: `the socket was closed while the call waited`
 * @param peer the address that the call was for
 */
export function closedError(
  syscall: string,
  detail = 'the socket is closed',
  peer: Omit<ErrorContext, 'syscall' | 'hint'> = {},
): SocketError {
  return socketError(EBADF, { syscall, ...peer, hint: detail });
}

/** Returns the result of a system call, or throws its error if it is negative. */
export function checked(result: number, syscall: string, address?: string): number {
  if (result < 0) throw socketError(result, { syscall, address });
  return result;
}

/** Returns the text that a call returned, or throws its error if it is a number. */
export function checkedText(result: string | number, syscall: string, address?: string): string {
  if (typeof result === 'number') throw socketError(result, { syscall, address });
  return result;
}
