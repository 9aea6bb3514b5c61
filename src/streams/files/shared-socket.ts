import { invalidValue } from '../../errors/argument.js';
import { SocketError } from '../../errors/errors.js';
import type { Operation } from '../../reactor/operation.js';
import type { SyncWaitOptions, WaitOptions } from '../../reactor/wait-options.js';
import { type Call, callFor, PROMISE, SYNC } from '../../socket/call.js';
import type { AnyCore } from '../../socket/core.js';

/** The private functions of a `Socket` that its files use. */
export interface Driver {
  readonly core: AnyCore;
  drive<T>(operation: Operation<T>): Promise<T>;
  driveSync<T>(operation: Operation<T>): T;
  close(): void;
}

/**
 * Creates the operation of a call on a file. It can be called again, because the progress is stored in the buffers of
 * the file.
 */
export type Begin<T> = (core: AnyCore, call: Call) => Operation<T>;

/**
 * A socket and its files. If the socket is closed while files are open, the files keep the descriptor, with the same
 * number. The last file that is closed closes the descriptor.
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

  /** The file descriptor; -1 after the socket is closed or detached. */
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

  /** Makes the files use the connection through `driver`, because the socket was closed. */
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
        // The data that this call has received might be enough for the next call.
        driver.core.handle.laneOf(operation.direction).wake();
        // The program has closed its socket during this call: the call continues with the new driver.
        if (driver === this.#driver || !isClosed(error)) throw error;
      }
    }
  }

  /**
   * Parses the options of a Sync call.
   *
   * @throws TypeError if the call could not wait: calls on a file complete fully or fail
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
      // The data that a promise call waits for might now be in the buffer, where no event reports it.
      if (core.handle.isBusy(operation.direction)) core.handle.laneOf(operation.direction).wake();
    }
  }

  /** Gives back received bytes. The next receive call on the socket returns them. */
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
