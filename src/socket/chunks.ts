/** The async iterator over the data of a stream: `chunks()`. */
import { MSG_DONTWAIT, SOCK_STREAM } from '../constants/socket.js';
import { checkBoolean, checkInteger } from '../errors/argument.js';
import { workOfBytes } from '../reactor/budget.js';
import { type EventMask, POLLIN } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type Call, callFor, PROMISE } from './call.js';
import type { AnyCore } from './core.js';
import { recv } from './input.js';
import { checkIteration } from './iterate.js';
import { borrow, giveBack } from './lent.js';
import { SocketOperation } from './operation.js';
import { OperationIterator, type Receiving } from './operation-iterator.js';
import { scratchOf, takeFrom } from './scratch.js';

/** The options of `chunks()`. */
export interface ChunkOptions extends WaitOptions {
  /**
   * The maximum number of bytes per chunk. By default it depends on the speed of the stream: it starts with 65,536 and
   * grows to 524,288 while the chunks are full.
   */
  readonly size?: number | undefined;
  /**
   * Whether the chunks are in memory that is used again: a chunk is valid until the next step of the loop, or the end of
   * the loop. Copy the bytes that you need longer. This costs less processor time, since nothing is allocated or copied.
   * False by default.
   */
  readonly lend?: boolean | undefined;
}

const SMALLEST = 65536;
const LARGEST = 524288;
/** The limit of a size that the program has set. On a stream, the next chunk has the rest. */
const LARGEST_FIXED = 1 << 23;

/** The memory of the chunks of one loop. */
interface Memory {
  /** Returns memory for one receive call. */
  get(size: number, isStream: boolean): Buffer;
  /** Returns the chunk in the first bytes of this memory. */
  use(memory: Buffer, length: number): Buffer;
  /** Takes back memory into which nothing was received. */
  unused(): void;
  /** Ends the loan of the last chunk. */
  release(): void;
}

/** Chunks that belong to the caller. */
const owned: Memory = {
  get: (size, isStream) => scratchOf(size, 0, isStream),
  use: takeFrom,
  unused() {},
  release() {},
};

/** Chunks in a buffer that is lent to the caller. A call that waits has no buffer. */
class Loan implements Memory {
  #next: Buffer | undefined;
  #lent: Buffer | undefined;

  get(size: number): Buffer {
    const buffer = borrow(size);
    this.#next = buffer;
    return buffer.length === size ? buffer : buffer.subarray(0, size);
  }

  use(memory: Buffer, length: number): Buffer {
    this.release(); // the chunk of an earlier step, if several steps were made at once
    this.#lent = this.#next;
    return memory.subarray(0, length);
  }

  unused(): void {
    giveBack(this.#next!);
  }

  release(): void {
    if (this.#lent !== undefined) giveBack(this.#lent);
    this.#lent = undefined;
  }
}

/** Receives one chunk. When it has ended, it can run again. */
class ReceiveChunk extends SocketOperation<Buffer> {
  readonly direction: EventMask = POLLIN;
  readonly #isFixed: boolean;
  #size: number;
  #received: Buffer | undefined;
  #wasPending = false;

  constructor(
    core: AnyCore,
    call: Call,
    size: number | undefined,
    private readonly memory: Memory,
  ) {
    super(core, call);
    const isStream = core.type === SOCK_STREAM;
    this.#isFixed = size !== undefined || !isStream;
    this.#size = isStream ? Math.min(size ?? SMALLEST, LARGEST_FIXED) : (size ?? SMALLEST);
  }

  get syscall(): string {
    return 'recv';
  }

  attempt(): number {
    this.#wasPending = this.core.handle.hasPending;
    const memory = this.memory.get(this.#size, this.core.type === SOCK_STREAM);
    const result = recv(this.core, memory, MSG_DONTWAIT);
    if (result >= 0) this.#received = memory;
    else this.memory.unused();
    return result;
  }

  override drained(result: number): boolean {
    return result < this.#size && !this.#wasPending;
  }

  work(result: number): number {
    return workOfBytes(result);
  }

  finish(result: number): Buffer {
    const memory = this.#received!;
    this.#received = undefined;
    if (!this.#isFixed) this.#adapt(result);
    return this.memory.use(memory, result);
  }

  /** Sets the size of the next call. If there is enough data, few large calls cost less than many small ones. */
  #adapt(received: number): void {
    if (received >= this.#size) this.#size = Math.min(2 * this.#size, LARGEST);
    else if (received < this.#size / 4) this.#size = Math.max(this.#size / 2, SMALLEST);
  }
}

/** Receives the chunks of one loop, or of all loops without options. */
class Chunks implements Receiving<Buffer> {
  constructor(
    private readonly call: Call,
    private readonly size: number | undefined,
    private readonly memory: Memory,
  ) {}

  create(core: AnyCore): ReceiveChunk {
    return new ReceiveChunk(core, this.call, this.size, this.memory);
  }

  isEnd({ length }: Buffer): boolean {
    return length === 0;
  }

  release(): void {
    this.memory.release();
  }
}

let usual: Chunks | undefined;

/** Creates the iterator of `chunks`. */
export function chunks(core: AnyCore, options: ChunkOptions | undefined): AsyncIterableIterator<Buffer> {
  if (options === undefined) {
    usual ??= new Chunks(callFor(core, PROMISE, NO_WAIT), undefined, owned);
    return new OperationIterator<Buffer>(core, usual);
  }
  const wait = checkIteration(options, ['size', 'lend']);
  const { size, lend = false } = options;
  if (size !== undefined) checkInteger(size, 'options.size', 1, 0x7fffffff);
  const memory = checkBoolean(lend, 'options.lend') ? new Loan() : owned;
  return new OperationIterator<Buffer>(
    core,
    new Chunks(callFor(core, PROMISE, wait ?? NO_WAIT), size, memory),
  );
}

const NO_WAIT: WaitOptions = Object.freeze({});
