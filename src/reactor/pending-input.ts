import { MSG_PEEK } from '../constants/socket.js';

/**
 * Input that the kernel has delivered but no call has returned: bytes of a call that ended early, followed by an
 * error. The next receive calls return it before they ask the kernel.
 */
export class PendingInput {
  #bytes: Uint8Array = new Uint8Array(0);
  #errno = 0;

  get isEmpty(): boolean {
    return this.#bytes.length === 0 && this.#errno === 0;
  }

  /** The number of pending bytes. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Puts bytes back before the pending bytes. */
  putBack(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([bytes, this.#bytes]);
  }

  /** Stores an error for the receive call after the bytes. */
  deferError(errno: number): void {
    this.#errno = errno;
  }

  /** Takes as many pending bytes as fit, or the error if there are none. */
  take(buffers: readonly Uint8Array[], flags: number): number {
    if (this.#bytes.length === 0) {
      const errno = this.#errno;
      this.#errno = 0;
      return errno;
    }
    let taken = 0;
    for (const buffer of buffers) {
      const piece = this.#bytes.subarray(taken, taken + buffer.length);
      buffer.set(piece);
      taken += piece.length;
    }
    if ((flags & MSG_PEEK) === 0) this.#bytes = this.#bytes.subarray(taken);
    return taken;
  }
}
