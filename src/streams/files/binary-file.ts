import { MSG_DONTWAIT } from '../../constants/socket.js';
import { type Bytes, checkLength, toBytes, toWritable, type WritableBytes } from '../../layout/memory.js';
import type { WaitOptions } from '../../reactor/wait-options.js';
import { promised } from '../../socket/handle.js';
import { Send } from '../../socket/operations/send.js';
import { exactLine, some } from './demands.js';
import type { Opening } from './file-core.js';
import type { Demand } from './fill.js';
import { ByteInbox } from './inbox.js';
import { SocketFile } from './socket-file.js';

/** A file of bytes over a socket. What it is given may be a string too, which counts as UTF-8. */
export class BinaryFile extends SocketFile<Buffer, Bytes> {
  /** @internal */
  constructor(opening: Opening) {
    super(opening, new ByteInbox());
  }

  /**
   * Reads into memory of the caller's until it is full or the stream ends.
   *
   * @param buffer where to write. It must not be transferred or resized meanwhile.
   * @param wait a signal, a timeout for the whole
   * @returns how many bytes were read; 0 at the end of the stream
   * @throws as {@link read}
   */
  readInto(buffer: WritableBytes, wait?: WaitOptions): Promise<number> {
    return promised(() => this.take(this.#into(buffer), wait));
  }

  /** {@link readInto}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  readIntoSync(buffer: WritableBytes): number {
    return this.takeSync(this.#into(buffer));
  }

  /** @internal */
  protected encode(data: Bytes): { bytes: Uint8Array; size: number; ends: boolean } {
    const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(toBytes(data, 'data'));
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
  /** Sends what fits now, and says how much that was. */
  override write(data: Bytes, wait?: WaitOptions): Promise<number> {
    return promised(() => {
      const { bytes } = this.encode(data);
      return this.send(target => new Send(target, bytes, 0, MSG_DONTWAIT), wait);
    });
  }

  /** {@link write}, in this thread, in the mode that the socket's {@link Socket.timeout} says. */
  override writeSync(data: Bytes): number {
    const { bytes } = this.encode(data);
    return this.sendSync(target => new Send(target, bytes, 0, 0));
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
