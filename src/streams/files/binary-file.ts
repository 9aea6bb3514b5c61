import { type Bytes, checkLength, toBytes, toWritable, type WritableBytes } from '../../layout/memory.js';
import { checkWaitOptions, type SyncWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { sendWith } from '../../socket/send.js';
import { exactLine, some } from './demands.js';
import { checkSync, type Opening } from './file-core.js';
import type { Demand } from './fill.js';
import { ByteInbox } from './inbox.js';
import { rejecting } from './rejecting.js';
import { SocketFile } from './socket-file.js';

/** A file of bytes over a socket. Its write methods also accept strings, which are written as UTF-8. */
export class BinaryFile extends SocketFile<Buffer, Bytes> {
  /** @internal */
  constructor(opening: Opening) {
    super(opening, new ByteInbox());
  }

  /**
   * Reads into a buffer of the caller until it is full or the stream ends.
   *
   * @param buffer the memory to write to. Do not transfer or resize it during the call.
   * @param options `timeout` in milliseconds for the whole call, `signal`; no limit by default
   * @returns the number of bytes read; 0 at the end of the stream
   * @throws as {@link read}
   */
  readInto(buffer: WritableBytes, options?: WaitOptions): Promise<number> {
    return rejecting(() => this.take(this.#into(buffer), checkWaitOptions(options)));
  }

  /** Sync form of {@link readInto}. */
  readIntoSync(buffer: WritableBytes, options?: SyncWaitOptions): number {
    return this.takeSync(this.#into(buffer), checkSync(options));
  }

  /** @internal */
  protected encode(data: Bytes, argument = 'data'): { bytes: Uint8Array; size: number; ends: boolean } {
    const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(toBytes(data, argument));
    return { bytes, size: bytes.length, ends: false };
  }

  #into(buffer: WritableBytes): Demand<Buffer, number> {
    const memory = toWritable(buffer, 'buffer');
    const { length } = memory;
    const demand = this.amount(length);
    return {
      wants: inbox => demand.wants(inbox),
      take(inbox) {
        checkLength(memory, length, 'buffer');
        const data = demand.take(inbox);
        memory.set(data);
        return data.length;
      },
    };
  }
}

/**
 * A file of bytes without a buffer: each call is one call on the socket. `read(size)` returns the available data,
 * `write()` sends as much as fits, and no more data is taken from the socket than requested.
 */
export class RawFile extends BinaryFile {
  /** Sends as much of `data` as fits now. Returns the number of bytes sent. */
  override write(data: Bytes, options?: WaitOptions): Promise<number> {
    return rejecting(() => {
      const { bytes } = this.encode(data);
      return this.send((core, call) => sendWith(core, call, bytes), checkWaitOptions(options));
    });
  }

  /** Sync form of {@link write}. */
  override writeSync(data: Bytes, options?: SyncWaitOptions): number {
    const { bytes } = this.encode(data);
    return this.sendSync((core, call) => sendWith(core, call, bytes), checkSync(options));
  }

  /** @internal */
  protected override amount(size: number): Demand<Buffer, Buffer> {
    return Number.isFinite(size) ? some(size) : super.amount(size);
  }

  /** @internal */
  protected override line(limit: number): Demand<Buffer, Buffer> {
    return exactLine(limit, PEEK);
  }
}

/** The number of bytes to peek at for the end of a line. */
const PEEK = 8192;
