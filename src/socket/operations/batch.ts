import type { FamilyName } from '../../address/address.js';
import { binding } from '../../binding.js';
import { MSG_DONTWAIT, MSG_PEEK } from '../../constants/socket.js';
import { ENOSYS } from '../../errors/codes.js';
import type { MessageBatch } from '../../message/batch.js';
import type { Waitable } from '../../reactor/waitable.js';
import { receiveOneByOne } from './batch-one-by-one.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** Whether the platform, its kernel, or whoever confines this process lets many messages cross in one call. */
let takesMany: boolean = typeof binding.recvmmsg === 'function' && typeof binding.sendmmsg === 'function';

/** Notes what a call has shown: whether there is such a system call at all. */
export function lacksBatches(errno: number): boolean {
  if (errno === ENOSYS) takesMany = false;
  return errno === ENOSYS;
}

/** Whether each message of the batch needs a system call. */
export function isOneByOne({ oneByOne }: { readonly oneByOne: boolean }): boolean {
  return oneByOne || !takesMany;
}

/** recvmmsg(2). */
export class ReceiveBatch<F extends FamilyName> extends SocketOperation<number> {
  readonly once: boolean;
  readonly #flags: number;

  constructor(
    socket: Target,
    private readonly batch: MessageBatch<F>,
    flags: number,
    added: number,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#flags = flags | added;
  }

  get syscall(): string {
    return 'recvmmsg';
  }

  attempt(): number {
    const { batch } = this;
    const { waitable } = this.socket;
    if (waitable.holds) return this.#takeHeld(waitable);
    if (!isOneByOne(batch)) {
      const result = batch.memory.receive(waitable.fd, this.#flags);
      if (!lacksBatches(result)) return result;
    }
    return receiveOneByOne(waitable, batch.memory, this.#flags);
  }

  /** What is held is one message. */
  #takeHeld(waitable: Waitable): number {
    const { memory } = this.batch;
    memory.check();
    const length = waitable.takeHeld([memory.data.subarray(0, memory.size)], this.#flags);
    if (length < 0) return length;
    memory.note(0, { length, nameLength: 0, controlLength: 0, flags: 0 });
    return 1;
  }

  override drained(result: number): boolean {
    return result < 0 && (this.#flags & MSG_PEEK) === 0; // SO_PEEK_OFF may be beyond what is there
  }

  finish(result: number): number {
    this.batch.received(result);
    return result;
  }
}
