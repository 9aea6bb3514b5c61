import { MSG_PEEK } from '../constants/socket.js';

/**
 * Input that the kernel has delivered and no call has returned yet: bytes of a call that ended early, and after them an
 * error that arrived behind bytes. The next receives return it before they ask the kernel.
 */
export class PendingInput {
  #bytes: Uint8Array = new Uint8Array(0);
  #errno = 0;

  get isEmpty(): boolean {
    return this.#bytes.length === 0 && this.#errno === 0;
  }

  /** How many bytes are pending. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Puts bytes back in front of those that are pending. */
  putBack(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([bytes, this.#bytes]);
  }

  /** Keeps an error for the receive after the bytes. */
  deferError(errno: number): void {
    this.#errno = errno;
  }

  /** Takes bytes, as many as are pending and fit, or else the error. */
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
