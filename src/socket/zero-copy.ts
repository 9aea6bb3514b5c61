import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import { MSG_DONTWAIT, SO_ZEROCOPY, SOL_SOCKET } from '../constants/socket.js';
import { socketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { shareQueue } from '../message/error-queue.js';
import { POLLOUT } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { promised } from './handle.js';
import { AwaitCompletions, SendZeroCopy, ZeroCopies, type ZeroCopySend } from './operations/zero-copy.js';
import { checkFlags } from './receiving.js';
import { Segmenter } from './segmenting.js';

/** Sending from the caller's memory: MSG_ZEROCOPY. */
export abstract class ZeroCopier<F extends FamilyName> extends Segmenter<F> {
  #copies: ZeroCopies | undefined;
  #isCollecting = false;

  /**
   * Sends from the caller's memory without copying it, which pays from about 10 KB a call on, over a real network.
   *
   * The kernel goes on reading the memory after this has settled: until `completed` does, it must not be changed, and
   * is kept from being collected. Nor should the socket be closed before: the kernel may still send what is then
   * nobody's. The first call sets `SO_ZEROCOPY`. Completions come over the socket's error queue, which this reads then;
   * what else is in it goes to {@link recvError} and `readErrorQueue`. They count the sends, so nobody else may send
   * with `MSG_ZEROCOPY` on this socket, nor read its queue with `MSG_ERRQUEUE`. Where the kernel has no room to track
   * another send (`ENOBUFS`), this one is copied.
   *
   * @param data bytes, or a string as UTF-8
   * @param flags as in {@link send}
   * @param wait a signal, a timeout: for the sending, not the completion
   * @returns how many bytes were taken, and a promise of the memory's being free, with whether it was copied after all;
   *   that is rejected with `EBADF` if the socket is closed before
   * @throws SocketError as {@link send}; `ENOTSUP` if this kind of socket cannot do it (TCP and UDP can)
   * @throws UnsupportedError if this platform has no MSG_ZEROCOPY (Linux since 4.14, for UDP since 5.0)
   * @see send(2); Documentation/networking/msg_zerocopy.rst
   */
  sendZeroCopy(data: Bytes, flags = 0, wait?: WaitOptions): Promise<ZeroCopySend> {
    return promised(() =>
      this.drive(this.waitable.output, this.#sendZeroCopy(data, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link sendZeroCopy}, in this thread, in the mode that {@link timeout} says; `completed` is a promise all the same. */
  sendZeroCopySync(data: Bytes, flags = 0): ZeroCopySend {
    return this.driveSync(POLLOUT, this.#sendZeroCopy(data, flags, 0));
  }

  #sendZeroCopy(data: Bytes, flags: number, added: number): SendZeroCopy {
    const bytes = toBytes(data, 'data');
    checkFlags(flags);
    const copies = this.#startCopies();
    return new SendZeroCopy(this, bytes, flags, added, copies, () => this.#collect(copies));
  }

  #startCopies(): ZeroCopies {
    if (this.#copies !== undefined) return this.#copies;
    const copies = new ZeroCopies(this);
    if (this.closed) return copies; // the call will say so
    assertPresent(SO_ZEROCOPY, 'option');
    const result = binding.setsockoptInt(this.fd, SOL_SOCKET, SO_ZEROCOPY, 1);
    if (result < 0) throw socketError(result, { syscall: 'setsockopt', hint: 'for SO_ZEROCOPY' });
    shareQueue(this, copies);
    this.#copies = copies;
    return copies;
  }

  /** Reads completions for as long as any are missing. */
  #collect(copies: ZeroCopies): void {
    if (this.#isCollecting) return;
    this.#isCollecting = true;
    this.drive(this.waitable.errors, new AwaitCompletions(this, copies), undefined).then(
      () => {
        this.#isCollecting = false;
        if (!copies.isIdle) this.#collect(copies);
      },
      (error: Error) => {
        this.#isCollecting = false;
        copies.rejectAll(error);
      },
    );
  }
}
