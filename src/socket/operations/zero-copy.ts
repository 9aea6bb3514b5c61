import { binding } from '../../binding.js';
import { MSG_ZEROCOPY } from '../../constants/socket.js';
import { invalidState } from '../../errors/argument.js';
import { EAGAIN, ENOBUFS } from '../../errors/codes.js';
import { type QueuedError, type QueueReader, readForReader } from '../../message/error-queue.js';
import { zerocopyCompletion } from '../../message/errors.js';
import { Sending } from './send.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** How a send without copying ended. */
export interface ZeroCopyCompletion {
  /** Whether the kernel copied the data after all, as it does on loopback: then `send` would have been cheaper. */
  readonly copied: boolean;
}

/** A send without copying. */
export interface ZeroCopySend {
  /** How many bytes were taken, which for a stream may be fewer than there are. */
  readonly bytesSent: number;
  /** Settles when the kernel is done with the memory, which must not be changed before. */
  readonly completed: Promise<ZeroCopyCompletion>;
}

/** What has an error queue, and operations. */
export interface ZeroCopyTarget extends Target {
  readonly fd: number;
  readonly family: number;
}

/** A send whose memory the kernel still reads. That it is here keeps the memory from being collected. */
interface Held {
  readonly data: Uint8Array;
  readonly length: number;
  resolve(completion: ZeroCopyCompletion): void;
  reject(error: Error): void;
}

/**
 * The sends of a socket that are not completed. The kernel counts them from 0, by calls that sent something, and tells
 * of ranges: Documentation/networking/msg_zerocopy.rst.
 */
export class ZeroCopies implements QueueReader {
  readonly others: QueuedError[] = [];
  readonly #held = new Map<number, Held>();
  #next = 0;

  constructor(readonly owner: ZeroCopyTarget) {}

  /** Whether all are completed. */
  get isIdle(): boolean {
    return this.#held.size === 0;
  }

  /** Holds the memory of a call that has just sent some of it. */
  hold(data: Uint8Array, length: number): Promise<ZeroCopyCompletion> {
    const id = this.#next;
    this.#next = (id + 1) >>> 0;
    const completed = new Promise<ZeroCopyCompletion>((resolve, reject) => {
      this.#held.set(id, { data, length, resolve, reject });
    });
    completed.catch(() => {}); // not to care is no mistake
    return completed;
  }

  claim(item: QueuedError): boolean {
    const completion = zerocopyCompletion(item);
    if (completion === undefined) return false;
    const { first, last, copied } = completion;
    const span = (last - first) >>> 0;
    for (const [id, held] of this.#held) {
      if ((id - first) >>> 0 <= span) this.#complete(id, held, copied);
    }
    return true;
  }

  #complete(id: number, held: Held, copied: boolean): void {
    this.#held.delete(id);
    if (held.data.length === held.length) held.resolve(Object.freeze({ copied }));
    else held.reject(invalidState('The "data" buffer was detached or resized while the kernel sent from it'));
  }

  /** Nothing will be told any more: the socket is closed. */
  rejectAll(error: Error): void {
    for (const { reject } of this.#held.values()) reject(error);
    this.#held.clear();
  }
}

/** send(2) with MSG_ZEROCOPY. */
export class SendZeroCopy extends Sending<ZeroCopySend> {
  #isHeld = true;

  constructor(
    socket: Target,
    data: Uint8Array,
    flags: number,
    added: number,
    private readonly copies: ZeroCopies,
    private readonly onHeld: () => void,
  ) {
    super(socket, data, flags, added);
  }

  attempt(): number {
    this.checkData();
    const { fd } = this.socket.waitable;
    this.#isHeld = true;
    let result = binding.send(fd, this.data, this.flags | MSG_ZEROCOPY);
    if (result === ENOBUFS) {
      // Too many completions unread, or too much memory locked (net.core.optmem_max, RLIMIT_MEMLOCK).
      readForReader(this.copies.owner, this.copies);
      result = binding.send(fd, this.data, this.flags | MSG_ZEROCOPY);
    }
    if (result !== ENOBUFS) return result;
    this.#isHeld = false;
    return binding.send(fd, this.data, this.flags);
  }

  finish(bytesSent: number): ZeroCopySend {
    if (!this.#isHeld || bytesSent === 0) {
      return { bytesSent, completed: Promise.resolve(Object.freeze({ copied: true })) };
    }
    const completed = this.copies.hold(this.data, this.length);
    this.onHeld();
    return { bytesSent, completed };
  }
}

/** Waits until nothing is held. It ends early when it finds something of others who may wait behind it. */
export class AwaitCompletions extends SocketOperation<void> {
  constructor(
    socket: Target,
    private readonly copies: ZeroCopies,
  ) {
    super(socket);
  }

  get syscall(): string {
    return 'send';
  }

  attempt(): number {
    const { copies } = this;
    const found = copies.others.length;
    const result = readForReader(copies.owner, copies);
    if (result < 0 || copies.isIdle || copies.others.length > found) return result;
    return EAGAIN;
  }

  finish(): void {}
}
