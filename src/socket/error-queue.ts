/** The error queue, which reports the result of earlier send calls. recv(2), MSG_ERRQUEUE; ip(7), IP_RECVERR. */
import type { FamilyName } from '../address/address.js';
import type { SocketError } from '../errors/errors.js';
import {
  type QueuedError,
  queueError,
  receiveQueued,
  takeFound,
  takeQueued,
} from '../message/error-queue.js';
import { type EventMask, POLLERR } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type Form, parseCall, waitKeys } from './call.js';
import type { Core } from './core.js';
import { SocketOperation } from './operation.js';

const KEYS = waitKeys();

/** The operation of recvmsg(2) with `MSG_ERRQUEUE`, which never waits in the kernel. */
class ReceiveError<F extends FamilyName> extends SocketOperation<QueuedError<F>> {
  readonly direction: EventMask = POLLERR;
  #found: QueuedError<F> | undefined;

  get syscall(): string {
    return 'recvmsg';
  }

  attempt(): number {
    // The reader of zero-copy completions stores other items that it finds. They are older than the items in the
    // queue, and no event reports them.
    this.#found = takeFound<F>(this.core);
    return this.#found === undefined ? receiveQueued(this.core) : 0;
  }

  finish(result: number): QueuedError<F> {
    return this.#found ?? takeQueued(result);
  }

  override fail(errno: number): SocketError {
    return queueError(errno);
  }
}

/** Creates the operation of `recvError`. */
export function receiveError<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  options: WaitOptions | undefined,
): Operation<QueuedError<F>> {
  const call = parseCall(core, form, options, KEYS);
  return new ReceiveError<F>(core, call);
}
