/** Receives datagrams in batches, with one system call for many, and delivers each of them. */
import type { AddressOf, FamilyName } from '../address/address.js';
import { MSG_TRUNC } from '../constants/socket.js';
import { SocketError } from '../errors/errors.js';
import { MessageBatch } from '../message/batch.js';
import type { ControlMessage } from '../message/control.js';
import { guarded } from '../reactor/reactor.js';
import { ReceiveBatch } from '../socket/batch.js';
import { PROMISE, parseCall } from '../socket/call.js';
import type { Core } from '../socket/core.js';

/** A received datagram. */
export interface Taken<F extends FamilyName> {
  readonly data: Buffer;
  readonly address: AddressOf<F> | null;
  readonly control: readonly ControlMessage[];
  readonly isTruncated: boolean;
}

/** What is done with datagrams and errors. */
export interface Sink<F extends FamilyName> {
  readonly isClosed: boolean;
  take(datagram: Taken<F>): void;
  fail(error: unknown): void;
  /** Makes a call in the asynchronous context of the listeners. */
  inContext(call: () => void): void;
}

/** The memory of a batch: the number of datagrams, and the maximum size of each. */
export interface Slots {
  readonly count: number;
  readonly size: number;
  readonly controlSize: number;
}

/** Errors after which a descriptor cannot receive any more. With any other, the next call can succeed. */
const FATAL = new Set(['EBADF', 'ENOTSOCK', 'EFAULT']);

// A batch is filled and copied without a turn in between, so all sockets of a thread share one. A socket that waits
// takes no memory for its datagrams.
const batches = new Map<string, MessageBatch<FamilyName>>();

function batchFor<F extends FamilyName>(
  family: number,
  { count, size, controlSize }: Slots,
): MessageBatch<F> {
  const key = `${family} ${count} ${size} ${controlSize}`;
  let batch = batches.get(key);
  if (batch === undefined) {
    batch = new MessageBatch<FamilyName>({ count, size, controlSize, family: family as never });
    batches.set(key, batch);
  }
  return batch as unknown as MessageBatch<F>;
}

/** The operation of recvmmsg(2), which copies the datagrams out of the shared batch. */
class TakeBatch<F extends FamilyName> extends ReceiveBatch<F> {
  taken: Taken<F>[] = [];

  constructor(
    core: Core<F>,
    private readonly shared: MessageBatch<F>,
  ) {
    super(core, parseCall(core, PROMISE, undefined), shared);
  }

  override get syscall(): string {
    return 'recvmsg'; // the name in Node’s errors
  }

  override finish(result: number): number {
    const count = super.finish(result);
    for (let i = 0; i < count; i++) this.taken.push(takeFrom(this.shared, i));
    return count;
  }
}

/** The control messages of datagrams without any. */
const NONE: readonly ControlMessage[] = Object.freeze([]);

/** Copies a datagram. Its memory is not shared with other buffers, as in Node.js: a listener can transfer it. */
function takeFrom<F extends FamilyName>(batch: MessageBatch<F>, i: number): Taken<F> {
  const data = batch.memory.copy(i);
  const control = batch.controlSize === 0 ? NONE : batch.control(i);
  return { data, address: batch.address(i), control, isTruncated: (batch.flags(i) & MSG_TRUNC) !== 0 };
}

/**
 * Receives until the socket is closed. The lane of the socket bounds the number of datagrams per turn, so that a flood
 * does not delay other sockets and timers.
 */
export function receiveAll<F extends FamilyName>(core: Core<F>, slots: Slots, sink: Sink<F>): void {
  const operation = new TakeBatch<F>(core, batchFor<F>(core.family, slots));
  let isStarting = false;
  const next = (): void => {
    isStarting = true;
    core.handle.start(operation, onBatch, onError);
    isStarting = false;
  };
  // Datagrams that were there already are delivered in a microtask, so that those of the batch before are complete.
  const onBatch = (): void => {
    if (isStarting) queueMicrotask(deliver);
    else deliver();
  };
  const deliver = (): void => {
    sink.inContext(deliverAll);
    if (!sink.isClosed) next();
  };
  let current: Taken<F>; // one function for all datagrams, since each function would be garbage
  const deliverOne = (): void => sink.take(current);
  const deliverAll = (): void => {
    const { taken } = operation;
    operation.taken = [];
    for (let i = 0; i < taken.length; i++) {
      if (sink.isClosed) return;
      current = taken[i]!;
      guarded(deliverOne); // a listener that throws does not lose the datagrams after this one
    }
  };
  // The descriptor might be about to be closed, so no code of the program runs now.
  const onError = (error: unknown): void => queueMicrotask(() => fail(error));
  const fail = (error: unknown): void => {
    if (sink.isClosed) return;
    sink.inContext(() => guarded(() => sink.fail(error)));
    if (error instanceof SocketError && !FATAL.has(error.code) && !sink.isClosed) next();
  };
  next();
}
