import { checkIterable } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import type { Socket } from '../socket/socket.js';
import type { ServerFamily } from './request.js';
import type { RequestWriter } from './request-files.js';

/** Copies data once, so that the caller can change it. */
function bytesOf(data: Bytes, argument = 'data'): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : Buffer.from(toBytes(data, argument));
}

function joined(lines: Iterable<Bytes>): Buffer {
  checkIterable(lines, 'lines');
  return Buffer.concat(Array.from(lines, (line, i) => bytesOf(line, `lines[${i}]`)));
}

/** Writes to a connection without a buffer: each write sends all of its data. */
export class SocketWriter implements RequestWriter {
  readonly #connection: Socket<ServerFamily>;
  readonly #timeout: number | null;
  #closed = false;

  constructor(connection: Socket<ServerFamily>, timeout: number | null) {
    this.#connection = connection;
    this.#timeout = timeout;
  }

  get closed(): boolean {
    return this.#closed;
  }

  async write(data: Bytes, options?: WaitOptions): Promise<number> {
    const wait = checkWaitOptions(options);
    const bytes = bytesOf(data);
    await this.#send(bytes, wait);
    return bytes.length;
  }

  writeSync(data: Bytes, options?: SyncWaitOptions): number {
    const timeout = checkSyncWaitOptions(options);
    const bytes = bytesOf(data);
    this.#sendSync(bytes, timeout);
    return bytes.length;
  }

  async writelines(lines: Iterable<Bytes>, options?: WaitOptions): Promise<void> {
    await this.#send(joined(lines), checkWaitOptions(options));
  }

  writelinesSync(lines: Iterable<Bytes>, options?: SyncWaitOptions): void {
    const timeout = checkSyncWaitOptions(options);
    this.#sendSync(joined(lines), timeout);
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

  #send(bytes: Buffer, { signal, timeout = this.#timeout }: WaitOptions): Promise<void> {
    return this.#connection.sendAll(bytes, { signal, timeout });
  }

  #sendSync(bytes: Buffer, timeout: number | null | undefined): void {
    // Without a limit of the call, that of the connection counts.
    this.#connection.sendAllSync(bytes, timeout === undefined ? {} : { timeout });
  }
}
