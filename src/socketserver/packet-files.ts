/** Files in memory over a received datagram, and over the reply. They have the methods of files over a connection. */
import { checkInteger, checkIterable, checkObject, invalidState } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { SocketIterator } from '../socket/iterate.js';
import { ByteInbox } from '../streams/files/inbox.js';
import type {
  ReadlineOptions,
  ReadOptions,
  SyncReadlineOptions,
  SyncReadOptions,
} from '../streams/files/socket-file.js';
import type { RequestReader, RequestWriter } from './request-files.js';

/** The maximum size of one read. */
const MOST = 0x7fffffff;

/** Returns the size or limit of a read; `Infinity` for -1, no limit. */
function sizeOf(options: number | object | undefined, key: 'size' | 'limit'): number {
  const isObject = typeof options === 'object' && options !== null;
  const value = isObject ? (checkObject(options, 'options') as Record<string, unknown>)[key] : options;
  const size = checkInteger(value ?? -1, isObject ? `options.${key}` : key, -1, MOST);
  return size === -1 ? Number.POSITIVE_INFINITY : size;
}

/** Reads a datagram. */
export class PacketReader implements RequestReader {
  readonly #inbox = new ByteInbox();

  constructor(packet: Buffer) {
    this.#inbox.push(packet);
  }

  async read(options?: number | ReadOptions): Promise<Buffer> {
    const size = sizeOf(options, 'size');
    const { signal } = checkWaitOptions(typeof options === 'number' ? undefined : options, ['size']);
    signal?.throwIfAborted();
    return this.#inbox.take(size);
  }

  readSync(options?: number | SyncReadOptions): Buffer {
    const size = sizeOf(options, 'size');
    checkSyncWaitOptions(typeof options === 'number' ? undefined : options, ['size']);
    return this.#inbox.take(size);
  }

  async readline(options?: number | ReadlineOptions): Promise<Buffer> {
    const limit = sizeOf(options, 'limit');
    const { signal } = checkWaitOptions(typeof options === 'number' ? undefined : options, ['limit']);
    signal?.throwIfAborted();
    return this.#inbox.takeLine(limit);
  }

  readlineSync(options?: number | SyncReadlineOptions): Buffer {
    const limit = sizeOf(options, 'limit');
    checkSyncWaitOptions(typeof options === 'number' ? undefined : options, ['limit']);
    return this.#inbox.takeLine(limit);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Buffer> {
    const steps = { take: () => this.readline(), isEnd: (line: Buffer) => line.length === 0 };
    return new SocketIterator({ closed: false }, steps);
  }

  *[Symbol.iterator](): IterableIterator<Buffer> {
    for (let line = this.readlineSync(); line.length > 0; line = this.readlineSync()) yield line;
  }
}

/** Collects the reply to a datagram. */
export class PacketWriter implements RequestWriter {
  readonly #parts: Buffer[] = [];
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** The reply; `undefined` if nothing was written. */
  get reply(): Buffer | undefined {
    return this.#parts.length === 0 ? undefined : Buffer.concat(this.#parts);
  }

  async write(data: Bytes, options?: WaitOptions): Promise<number> {
    const { signal } = checkWaitOptions(options);
    signal?.throwIfAborted();
    return this.#push(data, 'data');
  }

  writeSync(data: Bytes, options?: SyncWaitOptions): number {
    checkSyncWaitOptions(options);
    return this.#push(data, 'data');
  }

  async writelines(lines: Iterable<Bytes>, options?: WaitOptions): Promise<void> {
    const { signal } = checkWaitOptions(options);
    signal?.throwIfAborted();
    this.#pushAll(lines);
  }

  writelinesSync(lines: Iterable<Bytes>, options?: SyncWaitOptions): void {
    checkSyncWaitOptions(options);
    this.#pushAll(lines);
  }

  async flush(options?: WaitOptions): Promise<void> {
    checkWaitOptions(options);
  }

  flushSync(options?: SyncWaitOptions): void {
    checkSyncWaitOptions(options);
  }

  async close(options?: WaitOptions): Promise<void> {
    checkWaitOptions(options);
    this.#closed = true;
  }

  #pushAll(lines: Iterable<Bytes>): void {
    checkIterable(lines, 'lines');
    for (const [i, line] of Array.from(lines).entries()) this.#push(line, `lines[${i}]`);
  }

  #push(data: Bytes, argument: string): number {
    if (this.#closed) throw invalidState('The file of the reply is closed');
    const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(toBytes(data, argument));
    this.#parts.push(bytes);
    return bytes.length;
  }
}
