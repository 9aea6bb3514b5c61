/**
 * The errors of system calls: the properties of Node's (`code`, `errno`, `syscall`, `address`, `port`), and the classes of
 * Python's tree (PEP 3151). One table says which code has which class.
 */
import { brandErrors } from './brand.js';
import { EBADF, errnoCode, errnoNumber } from './codes.js';
import { setLimit, stackFrom, withMoreFrames } from './stack.js';

/** What an error says of the call that failed. */
export interface ErrorContext {
  /** The system call, as POSIX spells it. */
  readonly syscall: string;
  /** The host or formatted address that was meant, if one was. */
  readonly address?: string | undefined;
  /** The port that was meant, where the family has ports. */
  readonly port?: number | undefined;
  /** The name that was looked up; the message shows it where there is no address. */
  readonly hostname?: string | undefined;
  /** The whole message, where there is no system call that it could begin with. */
  readonly message?: string | undefined;
  /** Advice for this failure: `modprobe can`, `needs CAP_NET_RAW`. Appended to the message. */
  readonly hint?: string | undefined;
  /** The limit that has passed, in milliseconds; see `timedOut`. */
  readonly timeout?: number | undefined;
}

/**
 * The error of a system call that failed, and the base of all errors below: the `OSError` of Python.
 *
 * The message has Node's form, followed by advice where there is some:
 * `connect ENOENT /run/x.sock (there is no socket at this path: has the server been started?)`.
 *
 * `stack` begins at the caller's frame; with the environment variable `BERKELEY_DEBUG=1` also for errors that arrive after
 * the call has returned. `instanceof` works for errors of another copy of this package in the same process, too.
 */
export class SocketError extends Error {
  // Declared and not defined: a field that was not given should not show up as `undefined` when the error is printed.

  /** The symbolic name: `'ECONNREFUSED'`. See errno(3). */
  declare readonly code: string;
  /** The error number, negative as everywhere in Node: `-111`. */
  declare readonly errno: number;
  /** The system call that failed: `'connect'`. */
  declare readonly syscall: string;
  /** The host or the formatted address that the call meant, if it meant one. */
  declare readonly address?: string;
  /** The port that the call meant, in families that have ports. */
  declare readonly port?: number;
  /** Advice for this failure, where something specific is known. The message contains it. */
  declare readonly hint?: string;
  /** How many bytes were sent or received before the call failed, for calls that move data in steps. */
  declare bytesTransferred?: number;
  /** How many whole messages were sent before the call failed, for calls that send many. */
  declare messagesSent?: number;

  /** Captured the frames when the error was made; see stack.ts. `undefined` where no frames are captured. */
  readonly #recorded: Error | undefined;

  /**
   * @param errno the error's number, negative
   * @param context what the error says of the call
   * @param code the error's symbolic name, where `errno` is not in the numbering of errno(3)
   */
  constructor(errno: number, context: ErrorContext, code: string = errnoCode(errno)) {
    const message = context.message ?? describe(code, context);
    const limit: unknown = Error.stackTraceLimit;
    // The frames are captured once, by #recorded, and not by the constructor of Error as well.
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
/** The process lacks a permission: `EACCES`, `EPERM`. `hint` names the capability where it is known. */
export class PermissionError extends SocketError {}
/**
 * The deadline of the call passed, or the kernel gave up the connection: `ETIMEDOUT`. `timeout` and {@link isTimeout} tell
 * which: `recv timed out after 100 ms` is a deadline, `recv ETIMEDOUT` a connection that died.
 */
export class TimeoutError extends SocketError {
  /** The limit that has passed, in milliseconds. `undefined` when it was the kernel that gave up. */
  declare readonly timeout?: number;

  /**
   * @param errno the error's number, negative
   * @param context what the error says of the call
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

/** Which code has which class, after PEP 3151; any other has `SocketError`. */
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

/** Sets the name of a class of errors: on the prototype, so that it prints like a built-in error. */
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
 * @param syscall the system call that was to be made
 * @param detail what is closed, or since when: `the socket was closed while the call waited`
 * @param peer the address that the call meant
 */
export function closedError(
  syscall: string,
  detail = 'the socket is closed',
  peer: Omit<ErrorContext, 'syscall' | 'hint'> = {},
): SocketError {
  return socketError(EBADF, { syscall, ...peer, hint: detail });
}

/** Returns the result of a system call, or throws its error when it is negative. */
export function checked(result: number, syscall: string, address?: string): number {
  if (result < 0) throw socketError(result, { syscall, address });
  return result;
}

/** Returns the text that a call returned, or throws its error when it is a number. */
export function checkedText(result: string | number, syscall: string, address?: string): string {
  if (typeof result === 'number') throw socketError(result, { syscall, address });
  return result;
}
