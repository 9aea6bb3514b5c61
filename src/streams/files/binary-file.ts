import { type Bytes, checkLength, toBytes, toWritable, type WritableBytes } from '../../layout/memory.js';
import { checkWaitOptions, type SyncWaitOptions, type WaitOptions } from '../../reactor/wait-options.js';
import { Send } from '../../socket/send.js';
import { exactLine, some } from './demands.js';
import { checkSync, type Opening } from './file-core.js';
import type { Demand } from './fill.js';
import { ByteInbox } from './inbox.js';
import { rejecting } from './rejecting.js';
import { SocketFile } from './socket-file.js';

/** A file of bytes over a socket. What it is given may be a string too, which counts as UTF-8. */
export class BinaryFile extends SocketFile<Buffer, Bytes> {
  /** @internal */
  constructor(opening: Opening) {
    super(opening, new ByteInbox());
  }

  /**
   * Reads into memory of the caller until it is full or the stream ends.
   *
   * @param buffer where to write. It must not be transferred or resized during the call.
   * @param options `timeout` (for the whole), `signal`
   * @returns how many bytes were read; 0 at the end of the stream
   * @throws as {@link read}
   */
  readInto(buffer: WritableBytes, options?: WaitOptions): Promise<number> {
    return rejecting(() => this.take(this.#into(buffer), checkWaitOptions(options)));
  }

  /** {@link readInto}, in this thread. */
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
 * A file of bytes without a buffer: each call is one of the socket's. `read(size)` gives what is there, `write()` sends
 * what fits, and nothing is taken off the socket that was not asked for.
 */
export class RawFile extends BinaryFile {
  /** Sends what fits now, and returns how much that was. */
  override write(data: Bytes, options?: WaitOptions): Promise<number> {
    return rejecting(() => {
      const { bytes } = this.encode(data);
      return this.send((core, call) => new Send(core, call, bytes), checkWaitOptions(options));
    });
  }

  /** {@link write}, in this thread. */
  override writeSync(data: Bytes, options?: SyncWaitOptions): number {
    const { bytes } = this.encode(data);
    return this.sendSync((core, call) => new Send(core, call, bytes), checkSync(options));
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

/** How far a line is looked for at a time, in bytes. */
const PEEK = 8192;
