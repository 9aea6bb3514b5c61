import { invalidValue } from '../../errors/argument.js';
import { SocketError } from '../../errors/errors.js';
import type { Operation } from '../../reactor/operation.js';
import type { SyncWaitOptions, WaitOptions } from '../../reactor/wait-options.js';
import { type Call, callFor, PROMISE, SYNC } from '../../socket/call.js';
import type { AnyCore } from '../../socket/core.js';

/** How files use a socket: what `Socket` keeps private, handed to them. */
export interface Driver {
  readonly core: AnyCore;
  drive<T>(operation: Operation<T>): Promise<T>;
  driveSync<T>(operation: Operation<T>): T;
  close(): void;
}

/** A call on a file: an operation that can be made again, since all it has done so far is in the file's buffers. */
export type Begin<T> = (core: AnyCore, call: Call) => Operation<T>;

/**
 * A socket and the files over it. Closing the socket while files are open takes it from the program and leaves the
 * descriptor, its number unchanged, to the files; the last of them closes it.
 */
export class SharedSocket {
  #driver: Driver;
  #files = 0;
  #isInherited = false;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** Whether files are open. */
  get isUsed(): boolean {
    return this.#files > 0;
  }

  /** The descriptor; -1 once the socket is closed or detached. */
  get fd(): number {
    return this.#driver.core.fd;
  }

  /** Counts a file that was opened. */
  open(): void {
    this.#files++;
  }

  /** Counts a file that was closed. */
  close(): void {
    if (--this.#files === 0 && this.#isInherited) this.#driver.close();
  }

  /** The socket was closed: from now on the files use it through `driver`. */
  inherit(driver: Driver): void {
    this.#isInherited = true;
    this.#driver = driver;
  }

  /** Ends the call of an operation with an error. */
  cancel(operation: Operation<unknown>, error: unknown): void {
    this.#driver.core.handle.laneOf(operation.direction).cancel(operation, error);
  }

  /** Runs a promise call. */
  async run<T>(begin: Begin<T>, wait: WaitOptions): Promise<T> {
    const started = performance.now();
    for (let left = wait; ; left = remaining(wait, started)) {
      const driver = this.#driver;
      const operation = begin(driver.core, callFor(driver.core, PROMISE, left));
      try {
        return await driver.drive(operation);
      } catch (error) {
        // What the call has received by then might be all that the next in line needs.
        driver.core.handle.laneOf(operation.direction).wake();
        // The program closed its socket while this call waited: it goes on with the one that took over.
        if (driver === this.#driver || !isClosed(error)) throw error;
      }
    }
  }

  /**
   * Parses the options of a Sync call.
   *
   * @throws TypeError if it could not wait: a file promises all or nothing
   */
  callSync(wait: SyncWaitOptions): Call {
    const call = callFor(this.#driver.core, SYNC, wait);
    if (call.timeout === 0) throw invalidValue('timeout', 'must not be 0 for the Sync calls of a file', 0);
    return call;
  }

  /** Runs a Sync call. */
  runSync<T>(begin: (core: AnyCore) => Operation<T>): T {
    const { core } = this.#driver;
    const operation = begin(core);
    try {
      return this.#driver.driveSync(operation);
    } finally {
      // What a promise call waits for might be in the buffer now, and off the socket: no event would tell it.
      if (core.handle.isBusy(operation.direction)) core.handle.laneOf(operation.direction).wake();
    }
  }

  /** Gives back bytes that were received: the next receive on the socket returns them. */
  putBack(bytes: Uint8Array): void {
    const { core } = this.#driver;
    if (bytes.length > 0 && core.fd >= 0) core.handle.putBack(bytes);
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof SocketError && error.code === 'EBADF';
}

function remaining(wait: WaitOptions, started: number): WaitOptions {
  if (!wait.timeout) return wait;
  return { ...wait, timeout: Math.max(1, Math.ceil(wait.timeout - (performance.now() - started))) };
}
