import type { Bytes } from '../layout/memory.js';
import type { SyncWaitOptions, WaitOptions } from '../reactor/wait-options.js';
import type {
  ReadlineOptions,
  ReadOptions,
  SyncReadlineOptions,
  SyncReadOptions,
} from '../streams/files/socket-file.js';

/**
 * Reads a request, of a stream or a datagram. A `BinaryFile` has more methods.
 *
 * Handlers that use only this interface and {@link RequestWriter} can serve both.
 */
export interface RequestReader {
  /** Reads `size` bytes; fewer only at the end. Without a size, it reads to the end. See `read()` of `SocketFile`. */
  read(options?: number | ReadOptions): Promise<Buffer>;
  /** Sync form of {@link read}. */
  readSync(options?: number | SyncReadOptions): Buffer;
  /** Reads a line with its line ending; it is empty at the end. See `readline()` of `SocketFile`. */
  readline(options?: number | ReadlineOptions): Promise<Buffer>;
  /** Sync form of {@link readline}. */
  readlineSync(options?: number | SyncReadlineOptions): Buffer;
  /** Iterates over the lines. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Buffer>;
  /** Iterates over the lines, with {@link readlineSync}. */
  [Symbol.iterator](): IterableIterator<Buffer>;
}

/** Writes the reply to a request. */
export interface RequestWriter {
  /** Whether the writer is closed. */
  readonly closed: boolean;
  /**
   * Writes all of `data`.
   *
   * @param options `timeout` in milliseconds and `signal`; by default the `timeout` of the handler applies
   * @returns the number of bytes written: all
   */
  write(data: Bytes, options?: WaitOptions): Promise<number>;
  /** Sync form of {@link write}. */
  writeSync(data: Bytes, options?: SyncWaitOptions): number;
  /** Writes several strings or buffers, without line endings. */
  writelines(lines: Iterable<Bytes>, options?: WaitOptions): Promise<void>;
  /** Sync form of {@link writelines}. */
  writelinesSync(lines: Iterable<Bytes>, options?: SyncWaitOptions): void;
  /** Sends what is buffered. */
  flush(options?: WaitOptions): Promise<void>;
  /** Sync form of {@link flush}. */
  flushSync(options?: SyncWaitOptions): void;
  /** Sends what is buffered and closes the writer, not the connection. */
  close(options?: WaitOptions): Promise<void>;
}
