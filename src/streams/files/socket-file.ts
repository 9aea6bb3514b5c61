import { checkInteger } from '../../errors/argument.js';
import type { WaitOptions } from '../../reactor/wait-options.js';
import { promised } from '../../socket/handle.js';
import { SocketIterator } from '../../socket/iterators.js';
import { amount, line } from './demands.js';
import { FileCore } from './file-core.js';
import type { Demand } from './fill.js';

/** The most that one call reads. */
const MOST = 0x7fffffff;

/**
 * A file over a socket; {@link Socket.makefile} makes it.
 *
 * Its calls have two forms, as a socket's have: `read()` returns a promise; `readSync()` blocks this thread, and needs a
 * socket whose {@link Socket.timeout} is not 0. Calls of a kind are served in the order in which they were made.
 *
 * A call that is aborted, or whose time is over, loses nothing: what was received is there for the next call that reads,
 * and what could not be sent is still buffered.
 */
export abstract class SocketFile<Out extends Buffer | string, In> extends FileCore<Out> {
  /**
   * Reads `size` bytes or characters (code points); fewer only where the stream ends.
   *
   * @param size how much; -1, all to the end of the stream, by default
   * @param wait a signal, a timeout for the whole
   * @returns empty at the end of the stream
   * @throws SocketError as {@link Socket.recv}; `EBADF` if the file is closed, or not open for reading
   * @throws TypeError `ERR_ENCODING_INVALID_ENCODED_DATA` if `errors` is `'strict'` and the text cannot be decoded;
   *   the text before is read as any other, and every call that would have to read on fails in this way
   */
  read(size = -1, wait?: WaitOptions): Promise<Out> {
    return promised(() => this.take(this.amount(checkSize(size, 'size')), wait));
  }

  /** {@link read}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  readSync(size = -1): Out {
    return this.takeSync(this.amount(checkSize(size, 'size')));
  }

  /**
   * Reads a line, its end included.
   *
   * @param limit the most to read, in bytes or characters (code points); -1, no limit, by default
   * @param wait a signal, a timeout for the whole
   * @returns the last line may lack its end; empty at the end of the stream
   * @throws as {@link read}
   */
  readline(limit = -1, wait?: WaitOptions): Promise<Out> {
    return promised(() => this.take(this.line(checkSize(limit, 'limit')), wait));
  }

  /** {@link readline}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  readlineSync(limit = -1): Out {
    return this.takeSync(this.line(checkSize(limit, 'limit')));
  }

  /** The lines to the end of the stream, each with its end. Breaking off the loop does not close the file. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Out> {
    return new SocketIterator(this, { take: () => this.readline(), isEnd: line => line.length === 0 });
  }

  /** The lines to the end of the stream, by {@link readlineSync}. */
  *[Symbol.iterator](): IterableIterator<Out> {
    for (let next = this.readlineSync(); next.length > 0; next = this.readlineSync()) yield next;
  }

  /**
   * Writes all of `data`: it is buffered, and sent when the buffer is full, at {@link flush} and at {@link close}.
   *
   * @param data may be changed when the call has returned: it was copied
   * @param wait a signal, a timeout, for the sending if it comes to that
   * @returns how much was written, in bytes or characters (code points): all
   * @throws SocketError as {@link flush}: the data is buffered all the same, so do not write it again
   */
  write(data: In, wait?: WaitOptions): Promise<number> {
    return promised(async () => {
      const { bytes, size, ends } = this.encode(data);
      await this.put(bytes, ends, wait);
      return size;
    });
  }

  /** {@link write}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  writeSync(data: In): number {
    const { bytes, size, ends } = this.encode(data);
    this.putSync(bytes, ends);
    return size;
  }

  /** Writes one after the other; no line ends are added. See {@link write}. */
  writelines(lines: Iterable<In>, wait?: WaitOptions): Promise<void> {
    return promised(() => {
      const { bytes, ends } = this.#encodeAll(lines);
      return this.put(bytes, ends, wait);
    });
  }

  /** {@link writelines}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  writelinesSync(lines: Iterable<In>): void {
    const { bytes, ends } = this.#encodeAll(lines);
    this.putSync(bytes, ends);
  }

  /** The bytes to send for `data`, its size as {@link write} returns it, and whether it has the end of a line. @internal */
  protected abstract encode(data: In): {
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
    const parts = Array.from(lines, item => this.encode(item));
    return { bytes: Buffer.concat(parts.map(({ bytes }) => bytes)), ends: parts.some(({ ends }) => ends) };
  }
}

/** A size in bytes or characters; -1 is no limit. */
function checkSize(size: number, argument: string): number {
  return checkInteger(size, argument, -1, MOST) === -1 ? Number.POSITIVE_INFINITY : size;
}
