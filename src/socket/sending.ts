import type { AddressInput, FamilyName } from '../address/address.js';
import { MSG_DONTWAIT } from '../constants/socket.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { POLLOUT } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import { Send, SendAll, SendTo } from './operations/send.js';
import { checkFlags, Receiver } from './receiving.js';

/** Sending. No send raises SIGPIPE: a broken connection is the error `EPIPE`. */
export abstract class Sender<F extends FamilyName> extends Receiver<F> {
  /**
   * Sends what fits now, or one datagram.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param flags `MSG_OOB`, `MSG_MORE`, …; with `MSG_DONTWAIT` the call fails rather than waits
   * @param wait a signal, a timeout
   * @returns how many bytes were taken, which for a stream may be fewer than there are: see {@link sendAll}
   * @throws SocketError `EPIPE`, `ECONNRESET`, `EMSGSIZE`, …; `ETIMEDOUT` when the time is over
   * @see send(2)
   */
  send(data: Bytes, flags = 0, wait?: WaitOptions): Promise<number> {
    return promised(() =>
      this.drive(
        this.waitable.output,
        new Send(this, toBytes(data, 'data'), checkFlags(flags), MSG_DONTWAIT),
        wait,
      ),
    );
  }

  /** {@link send}, in this thread, in the mode that {@link timeout} says. */
  sendSync(data: Bytes, flags = 0): number {
    return this.driveSync(POLLOUT, new Send(this, toBytes(data, 'data'), checkFlags(flags), 0));
  }

  /**
   * Sends all of `data`. No other call's data gets in between.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param flags as in {@link send}
   * @param wait a signal, a timeout for the whole
   * @throws SocketError as {@link send}; its `bytesTransferred` says how much had been sent
   * @see send(2)
   */
  sendAll(data: Bytes, flags = 0, wait?: WaitOptions): Promise<void> {
    return promised(() =>
      this.drive(
        this.waitable.output,
        new SendAll(this, toBytes(data, 'data'), checkFlags(flags), MSG_DONTWAIT),
        wait,
      ),
    );
  }

  /** {@link sendAll}, in this thread; the {@link timeout} is for the whole. */
  sendAllSync(data: Bytes, flags = 0): void {
    this.driveSync(POLLOUT, new SendAll(this, toBytes(data, 'data'), checkFlags(flags), 0));
  }

  /**
   * Sends one datagram to `address`. A host name is resolved off this thread, each time: use a number where it matters.
   *
   * Where a receiver's queue can be full (Unix datagrams, netlink) the call waits for room in it, looking again after up
   * to 32 ms; sends to others pass it.
   *
   * @param data bytes, or a string as UTF-8; leave it unchanged until the promise settles
   * @param flags as in {@link send}
   * @param address an address of this socket's family
   * @param wait a signal, a timeout
   * @returns how many bytes were sent
   * @throws SocketError `EMSGSIZE`, `ECONNREFUSED`, `EISCONN`, …, with `address` and `port`
   * @see sendto(2)
   */
  sendto(data: Bytes, address: AddressInput<F>): Promise<number>;
  sendto(data: Bytes, flags: number, address: AddressInput<F>, wait?: WaitOptions): Promise<number>;
  sendto(
    data: Bytes,
    second: number | AddressInput<F>,
    third?: AddressInput<F>,
    wait?: WaitOptions,
  ): Promise<number> {
    return promised(() => {
      const { flags, address } = order<F>(second, third);
      const operation = this.#sendto(data, flags, address, MSG_DONTWAIT);
      return this.withAddress(address, wait, (to, left) =>
        this.drive(this.waitable.output, operation.toward(to), left),
      );
    });
  }

  /** {@link sendto}, in this thread, in the mode that {@link timeout} says. */
  sendtoSync(data: Bytes, address: AddressInput<F>): number;
  sendtoSync(data: Bytes, flags: number, address: AddressInput<F>): number;
  sendtoSync(data: Bytes, second: number | AddressInput<F>, third?: AddressInput<F>): number {
    const { flags, address } = order<F>(second, third);
    const operation = this.#sendto(data, flags, address, 0);
    return this.driveSync(POLLOUT, operation.toward(this.encodeSync(address)));
  }

  #sendto(data: Bytes, flags: number, address: AddressInput<F>, added: number): SendTo {
    return new SendTo(this, toBytes(data, 'data'), flags, added, () => this.driver.describe(address));
  }
}

/** BSD's order is data, flags, address; the flags may be left out. */
function order<F extends FamilyName>(
  second: number | AddressInput<F>,
  third: AddressInput<F> | undefined,
): { flags: number; address: AddressInput<F> } {
  if (typeof second === 'number') return { flags: checkFlags(second), address: third as AddressInput<F> };
  return { flags: 0, address: second };
}
