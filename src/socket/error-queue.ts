import type { FamilyName } from '../address/address.js';
import {
  type QueuedError,
  queueError,
  receiveQueued,
  takeFound,
  takeQueued,
} from '../message/error-queue.js';
import { POLLERR } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { checkWait, promised } from './handle.js';
import { Messenger } from './messaging.js';
import { SocketOperation, type Target } from './operations/socket-operation.js';

/** The error queue: what became of things sent. */
export abstract class ErrorReceiver<F extends FamilyName> extends Messenger<F> {
  /**
   * Waits for the next item of the error queue: the error of a datagram sent, with the ICMP message that told of it, a
   * send timestamp, or the completion of a send with `MSG_ZEROCOPY`. Receives do not wait behind it.
   *
   * IP_RECVERR, IPV6_RECVERR, SO_TIMESTAMPING, SO_ZEROCOPY or SO_TXTIME make the kernel queue something. Errors are also
   * told once by the next call on the socket, unless the queue is read before.
   *
   * @param wait a signal, a timeout
   * @throws SocketError `ETIMEDOUT` when the time is over, `EBADF` if closed meanwhile
   * @throws UnsupportedError `ENOTSUP` if the socket's family has no error queue
   * @see recv(2), MSG_ERRQUEUE; `readErrorQueue` of `berkeley/control` takes all that is there, without waiting
   */
  recvError(wait?: WaitOptions): Promise<QueuedError<F>> {
    return promised(() => {
      // What was found beside completions does not make the queue ready again.
      const found = this.closed || checkWait(wait).signal?.aborted ? undefined : takeFound<F>(this);
      if (found !== undefined) return Promise.resolve(found);
      return this.drive(this.waitable.errors, new ReceiveError<F>(this), wait);
    });
  }

  /** {@link recvError}, in this thread, in the mode that {@link timeout} says. */
  recvErrorSync(): QueuedError<F> {
    return this.driveSync(POLLERR, new ReceiveError<F>(this));
  }
}

/** recvmsg(2) with `MSG_ERRQUEUE`, which never waits by itself. */
class ReceiveError<F extends FamilyName> extends SocketOperation<QueuedError<F>> {
  constructor(private readonly owner: Target & { readonly fd: number; readonly family: number }) {
    super(owner);
  }

  get syscall(): string {
    return 'recvmsg';
  }

  attempt(): number {
    return receiveQueued(this.owner);
  }

  finish(result: number): QueuedError<F> {
    return takeQueued(result);
  }

  override fail(errno: number): Error {
    return queueError(errno);
  }
}
