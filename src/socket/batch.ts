/** Receives many messages per system call: recvmmsg(2). */
import type { FamilyName } from '../address/address.js';
import { addressLength, binding, controlLength, messageFlags, shared } from '../binding.js';
import { MSG_DONTWAIT, MSG_PEEK } from '../constants/socket.js';
import { invalidType, isInstance } from '../errors/argument.js';
import { EAGAIN, ENOSYS } from '../errors/codes.js';
import { MessageBatch } from '../message/batch.js';
import type { BatchMemory } from '../message/batch-memory.js';
import { workOfMessages } from '../reactor/budget.js';
import type { EventMask } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import { type Call, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import { isAtEnd } from './input.js';
import { SocketOperation } from './operation.js';
import { type ReceiveOptions, sourceOf } from './receive.js';

/** Whether the platform, its kernel and the sandbox of this process have recvmmsg(2) and sendmmsg(2). */
let takesMany: boolean = typeof binding.recvmmsg === 'function' && typeof binding.sendmmsg === 'function';

/** Returns whether an error means that the system call does not exist, and stores the answer for later calls. */
export function lacksBatches(errno: number): boolean {
  if (errno === ENOSYS) takesMany = false;
  return errno === ENOSYS;
}

/** Returns whether each message of the batch needs its own system call. */
export function isOneByOne({ oneByOne }: { readonly oneByOne: boolean }): boolean {
  return oneByOne || !takesMany;
}

/** The operation of recvmmsg(2). */
export class ReceiveBatch<F extends FamilyName> extends SocketOperation<number> {
  readonly direction: EventMask;
  readonly #flags: number;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly batch: MessageBatch<F>,
  ) {
    super(core, call);
    this.direction = sourceOf(call.flags);
    this.#flags = call.flags | call.added;
  }

  get syscall(): string {
    return 'recvmmsg';
  }

  attempt(): number {
    const { batch, core } = this;
    if (core.handle.hasPending) return this.#takePending();
    if (!isOneByOne(batch)) {
      const result = batch.memory.receive(core.fd, this.#flags);
      if (!lacksBatches(result)) return this.#settled(result);
    }
    return this.#settled(receiveOneByOne(core, batch.memory, this.#flags));
  }

  /**
   * Returns the result of an attempt. After shutdown(SHUT_RD) no more data arrives (see input.ts): the result is one
   * empty message.
   */
  #settled(result: number): number {
    if (result !== EAGAIN || !isAtEnd(this.core, this.#flags)) return result;
    this.batch.memory.note(0, { length: 0, nameLength: 0, controlLength: 0, flags: 0 });
    return 1;
  }

  /** Takes pending input, which is one message. */
  #takePending(): number {
    const { memory } = this.batch;
    memory.check();
    const length = this.core.handle.takePending([memory.data.subarray(0, memory.size)], this.#flags);
    if (length < 0) return length;
    memory.note(0, { length, nameLength: 0, controlLength: 0, flags: 0 });
    return 1;
  }

  work(result: number): number {
    return workOfMessages(result);
  }

  override drained(result: number): boolean {
    return result < 0 && (this.#flags & MSG_PEEK) === 0; // SO_PEEK_OFF can be beyond what is there
  }

  finish(result: number): number {
    this.batch.received(result);
    this.batch.end();
    return result;
  }

  abandon(): void {
    this.batch.end();
  }
}

function receiveOne(fd: number, memory: BatchMemory, i: number, flags: number): number {
  const slot = memory.data.subarray(i * memory.size, (i + 1) * memory.size);
  const start = i * memory.controlSize;
  const control =
    memory.controlSize === 0 ? null : memory.controls.subarray(start, start + memory.controlSize);
  const length = binding.recvmsg(fd, slot, control, flags);
  if (length < 0) return length;
  const name = shared.address.subarray(0, Math.min(addressLength(), binding.batchNameSize));
  memory.names.set(name, i * binding.batchNameSize);
  memory.note(i, {
    length,
    nameLength: name.length,
    controlLength: controlLength(),
    flags: messageFlags(),
  });
  return length;
}

/**
 * Receives like recvmmsg(2) with MSG_WAITFORONE: it waits only for the first message. An error after some messages is
 * kept for the next receive call, as in the kernel (net/socket.c, do_recvmmsg).
 */
function receiveOneByOne({ handle }: AnyCore, memory: BatchMemory, flags: number): number {
  memory.check();
  for (let i = 0; i < memory.count; i++) {
    const result = receiveOne(handle.fd, memory, i, i === 0 ? flags : flags | MSG_DONTWAIT);
    if (result >= 0) continue;
    if (i === 0) return result;
    if (result !== EAGAIN) handle.deferError(result);
    return i;
  }
  return memory.count;
}

/** Checks that an argument is a batch of this socket’s family. */
export function checkBatch<F extends FamilyName>(batch: MessageBatch<F>): MessageBatch<F> {
  if (!isInstance(batch, MessageBatch)) throw invalidType('batch', 'an instance of MessageBatch', batch);
  return batch;
}

/** Creates the operation of `recvmmsg`. */
export function receiveBatch<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  batch: MessageBatch<F>,
  options: ReceiveOptions | undefined,
): Operation<number> {
  checkBatch(batch);
  const call = parseCall(core, form, options);
  batch.startReceiving();
  return new ReceiveBatch<F>(core, call, batch);
}
