import { checkInteger, checkIterable, checkObject } from '../../errors/argument.js';
import { checkWaitOptions, type SyncWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { SocketIterator } from '../../socket/iterate.js';
import { amount, line } from './demands.js';
import { checkSync, FileCore } from './file-core.js';
import type { Demand } from './fill.js';
import { rejecting } from './rejecting.js';

/** The most that one call reads. */
const MOST = 0x7fffffff;

/** How `readSync` reads. */
export interface SyncReadOptions extends SyncWaitOptions {
  /** How much to read, in bytes or characters (code points); -1, all to the end of the stream, by default. */
  readonly size?: number | undefined;
}

/** How `read` reads. */
export interface ReadOptions extends SyncReadOptions, WaitOptions {}

/** How `readlineSync` reads. */
export interface SyncReadlineOptions extends SyncWaitOptions {
  /** The most to read, in bytes or characters (code points); -1, no limit, by default. */
  readonly limit?: number | undefined;
}

/** How `readline` reads. */
export interface ReadlineOptions extends SyncReadlineOptions, WaitOptions {}

/**
 * A file over a socket; {@link Socket.makefile} creates it.
 *
 * Its calls have two forms, as a socket's have: `read()` returns a promise; `readSync()` blocks this thread, and needs a
 * limit other than 0 ({@link Socket.timeout}, or `timeout` in its options). Calls of a kind are served in the order in which
 * they were made.
 *
 * A call that is aborted, or whose deadline passes, loses nothing: what was received is there for the next call that reads,
 * and what could not be sent is still buffered.
 */
export abstract class SocketFile<Out extends Buffer | string, In> extends FileCore<Out> {
  /**
   * Reads `size` bytes or characters (code points); fewer only where the stream ends.
   *
   * @param options the size, all to the end of the stream by default; or `{ size, timeout, signal }`
   * @returns the data; empty at the end of the stream
   * @throws SocketError as {@link Socket.recv}; `EBADF` if the file is closed, or not open for reading
   * @throws TypeError `ERR_ENCODING_INVALID_ENCODED_DATA` if `errors` is `'strict'` and the text cannot be decoded; the
   *   text before is read as usual, and every call that would have to read on fails in this way
   */
  read(options?: number | ReadOptions): Promise<Out> {
    return rejecting(() => {
      const size = checkSize(options, 'size');
      return this.take(this.amount(size), waitOf(options, 'size'));
    });
  }

  /** {@link read}, in this thread. */
  readSync(options?: number | SyncReadOptions): Out {
    return this.takeSync(this.amount(checkSize(options, 'size')), syncWaitOf(options, 'size'));
  }

  /**
   * Reads a line, its end included.
   *
   * @param options the most to read, without a limit by default; or `{ limit, timeout, signal }`
   * @returns the line; the last one can lack its end; empty at the end of the stream
   * @throws as {@link read}
   */
  readline(options?: number | ReadlineOptions): Promise<Out> {
    return rejecting(() => {
      const limit = checkSize(options, 'limit');
      return this.take(this.line(limit), waitOf(options, 'limit'));
    });
  }

  /** {@link readline}, in this thread. */
  readlineSync(options?: number | SyncReadlineOptions): Out {
    return this.takeSync(this.line(checkSize(options, 'limit')), syncWaitOf(options, 'limit'));
  }

  /** Iterates over the lines to the end of the stream, each with its end. Leaving the loop does not close the file. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Out> {
    return new SocketIterator(this, { take: () => this.readline(), isEnd: line => line.length === 0 });
  }

  /** Iterates over the lines to the end of the stream, by {@link readlineSync}. */
  *[Symbol.iterator](): IterableIterator<Out> {
    for (let next = this.readlineSync(); next.length > 0; next = this.readlineSync()) yield next;
  }

  /**
   * Writes all of `data`: it is buffered, and sent when the buffer is full, at {@link flush} and at {@link close}.
   *
   * @param data can be changed when the call has returned: it was copied
   * @param options `timeout` and `signal`, for the sending if there is any
   * @returns how much was written, in bytes or characters (code points): all
   * @throws SocketError as {@link flush}: the data is buffered all the same, so do not write it again
   */
  write(data: In, options?: WaitOptions): Promise<number> {
    return rejecting(async () => {
      const wait = checkWaitOptions(options);
      const { bytes, size, ends } = this.encode(data);
      await this.put(bytes, ends, wait);
      return size;
    });
  }

  /** {@link write}, in this thread. */
  writeSync(data: In, options?: SyncWaitOptions): number {
    const wait = checkSync(options);
    const { bytes, size, ends } = this.encode(data);
    this.putSync(bytes, ends, wait);
    return size;
  }

  /** Writes one after the other; no line ends are added. See {@link write}. */
  writelines(lines: Iterable<In>, options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      const wait = checkWaitOptions(options);
      const { bytes, ends } = this.#encodeAll(lines);
      return this.put(bytes, ends, wait);
    });
  }

  /** {@link writelines}, in this thread. */
  writelinesSync(lines: Iterable<In>, options?: SyncWaitOptions): void {
    const wait = checkSync(options);
    const { bytes, ends } = this.#encodeAll(lines);
    this.putSync(bytes, ends, wait);
  }

  /** The bytes to send for `data`, its size as {@link write} returns it, and whether it has the end of a line. @internal */
  protected abstract encode(
    data: In,
    argument?: string,
  ): {
    readonly bytes: Uint8Array;
    readonly size: number;
    readonly ends: boolean;
  };

  /** @internal */
  protected amount(size: number): Demand<Out, Out> {
    return amount(size, this.opening.buffering.size);
  }

  /** @internal */
  protected line(limit: number): Demand<Out, Out> {
    return line(limit, this.opening.buffering.size);
  }

  #encodeAll(lines: Iterable<In>): { bytes: Uint8Array; ends: boolean } {
    checkIterable(lines, 'lines');
    const parts = Array.from(lines, (item, i) => this.encode(item, `lines[${i}]`));
    return { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), ends: parts.some(({ ends }) => ends) };
  }
}

/** Returns the size or limit of a read, in bytes or characters; -1, no limit, is `Infinity`. */
function checkSize(options: number | object | undefined, key: 'size' | 'limit'): number {
  const isObject = typeof options === 'object' && options !== null;
  const value = isObject ? (checkObject(options, 'options') as Record<string, unknown>)[key] : options;
  const size = checkInteger(value ?? -1, isObject ? `options.${key}` : key, -1, MOST);
  return size === -1 ? Number.POSITIVE_INFINITY : size;
}

function waitOf(options: number | WaitOptions | undefined, key: string): WaitOptions {
  return checkWaitOptions(typeof options === 'number' ? undefined : options, [key]);
}

function syncWaitOf(options: number | SyncWaitOptions | undefined, key: string): SyncWaitOptions {
  return checkSync(typeof options === 'number' ? undefined : options, [key]);
}
