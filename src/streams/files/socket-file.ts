import { checkInteger, checkIterable, checkObject } from '../../errors/argument.js';
import { checkWaitOptions, type SyncWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { SocketIterator } from '../../socket/iterate.js';
import { amount, line } from './demands.js';
import { checkSync, FileCore } from './file-core.js';
import type { Demand } from './fill.js';
import { rejecting } from './rejecting.js';

/** The maximum size of one read. */
const MOST = 0x7fffffff;

/** The options of `readSync`. */
export interface SyncReadOptions extends SyncWaitOptions {
  /** The number of bytes or characters (code points) to read; -1, the default, reads to the end of the stream. */
  readonly size?: number | undefined;
}

/** The options of `read`. */
export interface ReadOptions extends SyncReadOptions, WaitOptions {}

/** The options of `readlineSync`. */
export interface SyncReadlineOptions extends SyncWaitOptions {
  /** The maximum number of bytes or characters (code points) to read; -1, no limit, by default. */
  readonly limit?: number | undefined;
}

/** The options of `readline`. */
export interface ReadlineOptions extends SyncReadlineOptions, WaitOptions {}

/**
 * A file over a socket; {@link Socket.makefile} creates it.
 *
 * Its calls have two forms, as those of a socket: `read()` returns a promise, and `readSync()` blocks this thread.
 * The Sync form needs a limit other than 0 ({@link Socket.timeout}, or `timeout` in its options). Calls that read are
 * served in the order in which they were made, and so are calls that write.
 *
 * A call that is aborted, or whose deadline passes, loses no data: the next read returns the received data, and data
 * that could not be sent stays buffered.
 */
export abstract class SocketFile<Out extends Buffer | string, In> extends FileCore<Out> {
  /**
   * Reads `size` bytes or characters (code points); fewer only at the end of the stream.
   *
   * @param options the size, or `{ size, timeout, signal }`; `timeout` is in milliseconds. Reads to the end of the
   *   stream, without a limit, by default.
   * @returns the data; empty at the end of the stream
   * @throws SocketError as {@link Socket.recv}; `EBADF` if the file is closed or not open for reading
   * @throws TimeoutError if the deadline passes
   * @throws TypeError `ERR_ENCODING_INVALID_ENCODED_DATA` if `errors` is `'strict'` and the text cannot be decoded.
   *   The valid text before is read first; every call that needs more text then fails with this error.
   */
  read(options?: number | ReadOptions): Promise<Out> {
    return rejecting(() => {
      const size = checkSize(options, 'size');
      return this.take(this.amount(size), waitOf(options, 'size'));
    });
  }

  /** Sync form of {@link read}. */
  readSync(options?: number | SyncReadOptions): Out {
    return this.takeSync(this.amount(checkSize(options, 'size')), syncWaitOf(options, 'size'));
  }

  /**
   * Reads a line with its line ending.
   *
   * @param options the maximum number of bytes or characters (no limit by default), or `{ limit, timeout, signal }`;
   *   `timeout` is in milliseconds
   * @returns the line; empty at the end of the stream. The last line can have no line ending.
   * @throws as {@link read}
   */
  readline(options?: number | ReadlineOptions): Promise<Out> {
    return rejecting(() => {
      const limit = checkSize(options, 'limit');
      return this.take(this.line(limit), waitOf(options, 'limit'));
    });
  }

  /** Sync form of {@link readline}. */
  readlineSync(options?: number | SyncReadlineOptions): Out {
    return this.takeSync(this.line(checkSize(options, 'limit')), syncWaitOf(options, 'limit'));
  }

  /**
   * Iterates over the lines to the end of the stream, each with its line ending. Leaving the loop does not close the
   * file.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Out> {
    return new SocketIterator(this, { take: () => this.readline(), isEnd: line => line.length === 0 });
  }

  /** Iterates over the lines to the end of the stream with {@link readlineSync}. */
  *[Symbol.iterator](): IterableIterator<Out> {
    for (let next = this.readlineSync(); next.length > 0; next = this.readlineSync()) yield next;
  }

  /**
   * Writes all of `data` to the buffer. The buffer is sent when it is full, by {@link flush} and by {@link close}.
   *
   * @param data the data. It is copied, so it can be changed when the call has returned.
   * @param options `timeout` in milliseconds and `signal`, for sending if it is necessary; no limit by default
   * @returns the number of bytes or characters (code points) written: all
   * @throws SocketError as {@link flush}; the data is buffered anyway, so do not write it again
   */
  write(data: In, options?: WaitOptions): Promise<number> {
    return rejecting(async () => {
      const wait = checkWaitOptions(options);
      const { bytes, size, ends } = this.encode(data);
      await this.put(bytes, ends, wait);
      return size;
    });
  }

  /** Sync form of {@link write}. */
  writeSync(data: In, options?: SyncWaitOptions): number {
    const wait = checkSync(options);
    const { bytes, size, ends } = this.encode(data);
    this.putSync(bytes, ends, wait);
    return size;
  }

  /** Writes several strings or buffers. No line endings are added. See {@link write}. */
  writelines(lines: Iterable<In>, options?: WaitOptions): Promise<void> {
    return rejecting(() => {
      const wait = checkWaitOptions(options);
      const { bytes, ends } = this.#encodeAll(lines);
      return this.put(bytes, ends, wait);
    });
  }

  /** Sync form of {@link writelines}. */
  writelinesSync(lines: Iterable<In>, options?: SyncWaitOptions): void {
    const wait = checkSync(options);
    const { bytes, ends } = this.#encodeAll(lines);
    this.putSync(bytes, ends, wait);
  }

  /**
   * Returns the bytes to send for `data`, its size as {@link write} returns it, and whether it contains a line
   * ending. @internal
   */
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

/** Returns the size or limit of a read, in bytes or characters; `Infinity` for -1, no limit. */
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
