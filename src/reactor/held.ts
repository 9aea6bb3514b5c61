import { MSG_PEEK } from '../constants/socket.js';

/**
 * What the kernel has already given of a socket's input and nobody has got yet: bytes of a call that was given up, and
 * after them an error that came behind bytes. The next receives take it before they ask the kernel.
 */
export class Held {
  #bytes: Uint8Array = new Uint8Array(0);
  #errno = 0;

  get isEmpty(): boolean {
    return this.#bytes.length === 0 && this.#errno === 0;
  }

  /** Puts bytes back. They came before everything that is held. */
  putBack(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([bytes, this.#bytes]);
  }

  /** Holds an error. */
  owe(errno: number): void {
    this.#errno = errno;
  }

  /** Takes bytes, as many as there are and fit, or the error. */
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
