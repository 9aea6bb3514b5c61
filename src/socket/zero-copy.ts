/** Sends from the caller’s memory without copying: MSG_ZEROCOPY. Documentation/networking/msg_zerocopy.rst. */
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { MSG_ZEROCOPY, SO_ZEROCOPY, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { invalidState } from '../errors/argument.js';
import { EAGAIN, ENOBUFS } from '../errors/codes.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { type QueuedError, type QueueReader, readForReader, shareQueue } from '../message/error-queue.js';
import { zerocopyCompletion } from '../message/errors.js';
import { type EventMask, POLLERR } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import { type Call, type Form, PROMISE, parseCall } from './call.js';
import type { AnyCore } from './core.js';
import { checkResult } from './failure.js';
import { SocketOperation } from './operation.js';
import { drive } from './run.js';
import { Sending, type SendOptions } from './send.js';

/** The completion of a send without copying. */
export interface ZeroCopyCompletion {
  /** Whether the kernel copied the data after all, as it does on loopback. `send` would then have been faster. */
  readonly copied: boolean;
}

/** The result of a send without copying. */
export interface ZeroCopySend {
  /** The number of bytes sent, which can be less than the length of the data on a stream. */
  readonly bytesSent: number;
  /** Settles when the kernel no longer needs the memory. Do not change the memory before. */
  readonly completed: Promise<ZeroCopyCompletion>;
}

/** A send call whose memory the kernel still reads. The reference keeps the memory from being garbage collected. */
interface PendingSend {
  readonly data: Uint8Array;
  readonly length: number;
  resolve(completion: ZeroCopyCompletion): void;
  reject(error: Error): void;
}

/**
 * The send calls of a socket that are not completed. The kernel numbers successful calls from 0 and reports ranges of
 * numbers. On a stream it counts the calls that sent data; on a datagram socket it also counts empty ones, because
 * the length includes the header (net/ipv4/ip_output.c).
 */
class ZeroCopies implements QueueReader {
  readonly others: QueuedError[] = [];
  readonly #pending = new Map<number, PendingSend>();
  #next = 0;
  #isCollecting = false;

  constructor(private readonly core: AnyCore) {}

  /** Whether all calls are completed. */
  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  /** Adds a call that the kernel has accepted. */
  add(data: Uint8Array, length: number): Promise<ZeroCopyCompletion> {
    const id = this.#next;
    this.#next = (id + 1) >>> 0;
    const completed = new Promise<ZeroCopyCompletion>((resolve, reject) => {
      this.#pending.set(id, { data, length, resolve, reject });
    });
    completed.catch(() => {}); // a caller does not have to look at it
    this.#collect();
    return completed;
  }

  claim(item: QueuedError): boolean {
    const completion = zerocopyCompletion(item);
    if (completion === undefined) return false;
    const { first, last, copied } = completion;
    const span = (last - first) >>> 0;
    for (const [id, send] of this.#pending) {
      if ((id - first) >>> 0 <= span) this.#complete(id, send, copied);
    }
    return true;
  }

  #complete(id: number, send: PendingSend, copied: boolean): void {
    this.#pending.delete(id);
    if (send.data.length === send.length) send.resolve(Object.freeze({ copied }));
    else send.reject(invalidState('The "data" buffer was detached or resized while the kernel sent from it'));
  }

  /** Reads completions until none are missing. */
  #collect(): void {
    if (this.#isCollecting) return;
    this.#isCollecting = true;
    drive(this.core, new AwaitCompletions(this.core, parseCall(this.core, PROMISE, undefined), this)).then(
      () => {
        this.#isCollecting = false;
        if (!this.isIdle) this.#collect();
      },
      (error: Error) => {
        this.#isCollecting = false;
        this.#rejectAll(error);
      },
    );
  }

  /** Rejects all calls: the socket is closed, so no completion will be reported. */
  #rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

const copiesOf = new WeakMap<AnyCore, ZeroCopies>();

/** Prepares a socket for sends without copying. */
function startCopies(core: AnyCore): ZeroCopies {
  const known = copiesOf.get(core);
  if (known !== undefined) return known;
  const copies = new ZeroCopies(core);
  if (core.fd < 0) return copies; // the call reports it
  assertPresent(SO_ZEROCOPY, 'option');
  checkResult(core, binding.setsockoptInt(core.fd, SOL_SOCKET, SO_ZEROCOPY, 1), 'setsockopt');
  shareQueue(core, copies);
  copiesOf.set(core, copies);
  return copies;
}

/** The operation of send(2) with MSG_ZEROCOPY. */
class SendZeroCopy extends Sending<ZeroCopySend> {
  #isZeroCopy = true;

  constructor(
    core: AnyCore,
    call: Call,
    data: Uint8Array,
    private readonly copies: ZeroCopies,
  ) {
    super(core, call, data);
  }

  attempt(): number {
    this.checkData();
    const { fd } = this.core;
    this.#isZeroCopy = true;
    let result = binding.send(fd, this.data, this.flags | MSG_ZEROCOPY);
    if (result === ENOBUFS) {
      // Too many completions are unread, or too much memory is locked (net.core.optmem_max, RLIMIT_MEMLOCK).
      readForReader(this.core, this.copies);
      result = binding.send(fd, this.data, this.flags | MSG_ZEROCOPY);
    }
    if (result !== ENOBUFS) return result;
    this.#isZeroCopy = false;
    return binding.send(fd, this.data, this.flags);
  }

  finish(bytesSent: number): ZeroCopySend {
    const isCounted = this.#isZeroCopy && (bytesSent > 0 || this.core.type !== SOCK_STREAM);
    if (!isCounted) return { bytesSent, completed: Promise.resolve(Object.freeze({ copied: true })) };
    return { bytesSent, completed: this.copies.add(this.data, this.length) };
  }
}

/**
 * Waits until all send calls are completed. It ends early when it finds other items, so that other readers of the
 * queue get them.
 */
class AwaitCompletions extends SocketOperation<void> {
  readonly direction: EventMask = POLLERR;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly copies: ZeroCopies,
  ) {
    super(core, call);
  }

  get syscall(): string {
    return 'send';
  }

  attempt(): number {
    const { copies } = this;
    const found = copies.others.length;
    const result = readForReader(this.core, copies);
    if (result < 0 || copies.isIdle || copies.others.length > found) return result;
    return EAGAIN;
  }

  finish(): void {}
}

/** Creates the operation of `sendZeroCopy`. */
export function sendZeroCopy(
  core: AnyCore,
  form: Form,
  data: Bytes,
  options: SendOptions | undefined,
): Operation<ZeroCopySend> {
  const bytes = toBytes(data, 'data');
  const call = parseCall(core, form, options);
  return new SendZeroCopy(core, call, bytes, startCopies(core));
}
