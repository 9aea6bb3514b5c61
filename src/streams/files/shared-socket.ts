import { invalidValue } from '../../errors/argument.js';
import { SocketError } from '../../errors/errors.js';
import type { Operation } from '../../reactor/operation.js';
import type { WaitOptions } from '../../reactor/wait-options.js';
import type { Target } from '../../socket/operations/socket-operation.js';

/** Which of a socket's two lanes a call waits in. */
export type Direction = 'input' | 'output';

/** How files use a socket: what `Socket` keeps to itself, handed to them. */
export interface Driver {
  readonly target: Target & { readonly fd: number; readonly timeout: number | null };
  drive<T>(direction: Direction, operation: Operation<T>, wait: WaitOptions): Promise<T>;
  driveSync<T>(direction: Direction, operation: Operation<T>): T;
  close(): void;
}

/** A call on a file: an operation that can be made again, since all it has done so far is in the file's buffers. */
export type Begin<T> = (target: Target) => Operation<T>;

/**
 * A socket and the files over it. Closing the socket while files are open takes it from the program and leaves the
 * descriptor, its number unchanged, to the files; the last of them closes it.
 */
export class SharedSocket {
  #driver: Driver;
  #files = 0;
  #inherited = false;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** Whether files are open. */
  get isUsed(): boolean {
    return this.#files > 0;
  }

  /** The descriptor; -1 once the socket is closed or detached. */
  get fd(): number {
    return this.#driver.target.fd;
  }

  /** A file was opened. */
  open(): void {
    this.#files++;
  }

  /** A file was closed. */
  close(): void {
    if (--this.#files === 0 && this.#inherited) this.#driver.close();
  }

  /** The socket was closed: from now on the files use it through `driver`. */
  inherit(driver: Driver): void {
    this.#inherited = true;
    this.#driver = driver;
  }

  /** Runs a call in the promise face. */
  async run<T>(direction: Direction, begin: Begin<T>, wait: WaitOptions): Promise<T> {
    const started = performance.now();
    for (;;) {
      const driver = this.#driver;
      try {
        return await driver.drive(direction, begin(driver.target), remaining(wait, started));
      } catch (error) {
        // What the call has taken from the lane so far may be all that the next in line needs.
        driver.target.waitable[direction].wake();
        // The program closed its socket while this call waited in it: it goes on in the one that took over.
        if (driver === this.#driver || !isClosed(error)) throw error;
      }
    }
  }

  /** Runs a call in the Sync face. */
  runSync<T>(direction: Direction, begin: Begin<T>): T {
    const { target } = this.#driver;
    if (target.timeout === 0)
      throw invalidValue('socket.timeout', 'must not be 0 for the Sync calls of a file', 0);
    try {
      return this.#driver.driveSync(direction, begin(target));
    } finally {
      // What a promise call waits for may be in the buffer now, and off the socket: no event would tell it.
      if (target.waitable[direction].isBusy) target.waitable[direction].wake();
    }
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof SocketError && error.code === 'EBADF';
}

function remaining(wait: WaitOptions, started: number): WaitOptions {
  if (!wait.timeout) return wait;
  return { ...wait, timeout: Math.max(1, wait.timeout - (performance.now() - started)) };
}
