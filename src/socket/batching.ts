import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import type { Peer } from '../address/driver.js';
import { MSG_DONTWAIT } from '../constants/socket.js';
import { invalidType } from '../errors/argument.js';
import { MessageBatch } from '../message/batch.js';
import { POLLOUT } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import { ReceiveBatch } from './operations/batch.js';
import { SendBatch } from './operations/batch-send.js';
import { checkFlags, sourceOf } from './receiving.js';
import { ZeroCopier } from './zero-copy.js';

/** Many messages in one call. */
export abstract class Batcher<F extends FamilyName> extends ZeroCopier<F> {
  /**
   * Receives what messages there are, as many as the batch has room for; it waits only for the first.
   *
   * Descriptors that came with the batch's messages before, and that nobody has read of, are closed. Until the promise
   * settles the batch is empty, and cannot be used otherwise.
   *
   * @param batch what to fill; what was in it is gone
   * @param flags as in {@link recv}
   * @param wait a signal, a timeout
   * @returns how many messages were received, at least one: `batch.length`
   * @throws SocketError as {@link recvfrom}. Only the first message's: an error after others is that of the next call.
   * @throws Error `ERR_INVALID_STATE` if the batch is in use, or its memory was transferred away
   * @see recvmmsg(2); where there is none, each message is a recvmsg(2), to the same effect
   */
  recvmmsg(batch: MessageBatch<F>, flags = 0, wait?: WaitOptions): Promise<number> {
    return promised(() => {
      const operation = new ReceiveBatch(this, checkBatch(batch), checkFlags(flags), MSG_DONTWAIT);
      batch.startReceiving();
      return whileUsing(batch, () => this.drive(this.source(flags), operation, wait));
    });
  }

  /** {@link recvmmsg}, in this thread, in the mode that {@link timeout} says. */
  recvmmsgSync(batch: MessageBatch<F>, flags = 0): number {
    const operation = new ReceiveBatch(this, checkBatch(batch), checkFlags(flags), 0);
    batch.startReceiving();
    try {
      return this.driveSync(sourceOf(flags), operation);
    } finally {
      batch.end();
    }
  }

  /**
   * Sends all messages of the batch, in as few system calls as the kernel allows; no other call's data gets in between.
   * The batch keeps them: it can be sent again, or be cleared and filled with others. A batch that was received can be
   * sent as it is: data and addresses go back, control messages do not.
   *
   * @param batch what to send; it cannot be changed until the promise settles
   * @param flags as in {@link send}
   * @param wait a signal, a timeout for the whole
   * @returns how many messages were sent, which is all
   * @throws SocketError as {@link sendmsg}, with the address of the message that failed; its `messagesSent`, as
   *   `batch.sent`, says how many had been sent before it
   * @throws Error `ERR_INVALID_STATE` if the batch is in use, or its memory was transferred away
   * @see sendmmsg(2); where there is none, each message is a sendmsg(2), to the same effect
   */
  sendmmsg(batch: MessageBatch<F>, flags = 0, wait?: WaitOptions): Promise<number> {
    return promised(() => {
      checkBatch(batch);
      checkFlags(flags);
      batch.startSending();
      return whileUsing(batch, () =>
        this.drive(this.waitable.output, this.#sendmmsg(batch, flags, MSG_DONTWAIT), wait),
      );
    });
  }

  /** {@link sendmmsg}, in this thread; the {@link timeout} is for the whole. */
  sendmmsgSync(batch: MessageBatch<F>, flags = 0): number {
    checkBatch(batch);
    checkFlags(flags);
    batch.startSending();
    try {
      return this.driveSync(POLLOUT, this.#sendmmsg(batch, flags, 0));
    } finally {
      batch.end();
    }
  }

  #sendmmsg(batch: MessageBatch<F>, flags: number, added: number): SendBatch<F> {
    const peer = (address: AddressOf<F>): Peer => this.driver.describe(address as AddressInput<F>);
    return new SendBatch(this, batch, flags, added, peer);
  }
}

function checkBatch<F extends FamilyName>(batch: MessageBatch<F>): MessageBatch<F> {
  if (!(batch instanceof MessageBatch)) throw invalidType('batch', 'an instance of MessageBatch', batch);
  return batch;
}

/** Gives the batch back when the call is over, however it ends. */
function whileUsing<T>(batch: { end(): void }, call: () => Promise<T>): Promise<T> {
  let running: Promise<T>;
  try {
    running = call();
  } catch (error) {
    batch.end();
    throw error;
  }
  return running.then(
    value => {
      batch.end();
      return value;
    },
    error => {
      batch.end();
      throw error;
    },
  );
}
