/**
 * What a system call's failure becomes: Node's fields (`code`, `errno`, `syscall`, `address`, `port`), Python's tree of
 * classes. One table says which code is which class; every error of the package is made by `socketError`.
 */
import { brandErrors } from './brand.js';
import { EBADF, errnoCode, errnoNumber } from './codes.js';
import { setLimit, stackFrom, withMoreFrames } from './stack.js';

/** What was being done when it failed. */
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
 * A system call failed.
 *
 * The message is what Node writes: `connect ECONNREFUSED 127.0.0.1:1`. `errno` is negative, as everywhere in Node.
 */
export class SocketError extends Error {
  // Declared and not defined: a field that was not given should not show up as `undefined` when the error is printed.

  /** The error's symbolic name: `'ECONNREFUSED'`. See errno(3). */
  declare readonly code: string;
  /** The error's number, negative: `-111`. */
  declare readonly errno: number;
  /** The system call that failed. */
  declare readonly syscall: string;
  /** The host or formatted address that was meant, if one was. */
  declare readonly address?: string;
  /** The port that was meant, where the family has ports. */
  declare readonly port?: number;
  /** What would help, where something is known to. */
  declare readonly hint?: string;
  /** How much of the data had been sent or received when the call failed, in bytes, where it moves data in steps. */
  declare bytesTransferred?: number;
  /** What `sendfile` had read from a terminal or another device and could not send: it cannot be read again. */
  declare unsent?: Buffer;
  /** How many whole messages had been sent when the call failed, where it sends many. */
  declare messagesSent?: number;

  /** Has captured the frames; see stack.ts. `undefined` where frames are not captured. */
  readonly #recorded: Error | undefined;

  /**
   * @param errno the error's number, negative
   * @param context what was being done
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

/** The call would have to wait, and was told not to: `EAGAIN`, `EALREADY`, `EINPROGRESS`. */
export class BlockingError extends SocketError {}
/** The connection is not, or no longer, what the call needs. */
export class ConnectionError extends SocketError {}
/** Writing to an end that is shut down: `EPIPE`, `ESHUTDOWN`. */
export class BrokenPipeError extends ConnectionError {}
/** The peer gave up a connection before it was accepted: `ECONNABORTED`. */
export class ConnectionAbortedError extends ConnectionError {}
/** Nobody listens there: `ECONNREFUSED`. */
export class ConnectionRefusedError extends ConnectionError {}
/** The peer reset the connection: `ECONNRESET`. */
export class ConnectionResetError extends ConnectionError {}
/** A signal interrupted a call that cannot be repeated: `EINTR`. */
export class InterruptedError extends SocketError {}
/** Not allowed: `EACCES`, `EPERM`. */
export class PermissionError extends SocketError {}
/**
 * `ETIMEDOUT`: the deadline of the call has passed, or the kernel gave up the connection. `timeout` and `isTimeout()` tell
 * which.
 */
export class TimeoutError extends SocketError {
  /** The limit that has passed, in milliseconds. `undefined` when it was the kernel that gave up. */
  declare readonly timeout?: number;

  /**
   * @param errno the error's number, negative
   * @param context what was being done
   */
  constructor(errno: number, context: ErrorContext) {
    super(errno, context);
    if (context.timeout !== undefined) this.timeout = context.timeout;
  }
}
/** The kernel or the platform lacks what was asked for: `EAFNOSUPPORT`, `EPROTONOSUPPORT`, `ENOPROTOOPT` and kin. */
export class UnsupportedError extends SocketError {}

type ErrorClass = new (errno: number, context: ErrorContext) => SocketError;

/** Which code is which class, after PEP 3151; what is not listed is a plain `SocketError`. */
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

/** The error for a system call that returned `errno` (negative). */
export function socketError(errno: number, context: ErrorContext): SocketError {
  const errorClass = classes[errnoCode(errno)] ?? SocketError;
  return new errorClass(errno, context);
}

/** The same error with what would help. */
export function withHint(error: SocketError, hint: string): SocketError {
  const { errno, syscall, address, port } = error;
  // All else that it had to tell, such as how much was sent.
  return Object.assign(socketError(errno, { syscall, address, port, hint }), error, { hint });
}

/** The same, from the code's name. */
export function socketErrorOf(code: string, context: ErrorContext): SocketError {
  return socketError(errnoNumber(code), context);
}

/**
 * Returns the error for a call on a closed socket: `recv EBADF (the socket is closed)`.
 *
 * @param syscall the system call that was to be made
 * @param detail what is closed, or since when: `the socket was closed while the call waited`
 */
export function closedError(syscall: string, detail = 'the socket is closed'): SocketError {
  return socketError(EBADF, { syscall, hint: detail });
}

/** Returns `result` when it is zero or more, and throws the error it stands for when it is not. */
export function checked(result: number, syscall: string, address?: string): number {
  if (result < 0) throw socketError(result, { syscall, address });
  return result;
}

/** The same, of a call that returns text or `-errno`. */
export function checkedText(result: string | number, syscall: string, address?: string): string {
  if (typeof result === 'number') throw socketError(result, { syscall, address });
  return result;
}
