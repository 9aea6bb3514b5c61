import { MSG_CTRUNC } from '../constants/socket.js';
import { checkArray, checkFunction, invalidValue } from '../errors/argument.js';
import { socketErrorOf } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { type Descriptor, descriptorNumber, discardDescriptors, SCM_MAX_FD } from '../message/descriptors.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { closeDuplicate, duplicate } from '../socket/duplicate.js';
import { type Arrival, type DuplexOptions, SocketDuplex } from './duplex.js';
import type { Endpoint, EndpointHandle } from './endpoint.js';
import { guarded } from './guarded.js';

/**
 * A Node stream over a Unix socket, which carries descriptors too.
 *
 * `'fds'` is emitted with an array of descriptors when they arrive, before any of the data that they came with can be
 * read; they are close-on-exec, and the listener's to close. Descriptors that nobody listens for are closed.
 *
 * When the process can open no more descriptors, the kernel delivers the data and drops the descriptors. A stream with a
 * listener of `'fds'` is then destroyed with `EMFILE`, since its reader would be out of step with the peer from then on.
 */
export class UnixDuplex extends SocketDuplex {
  readonly #endpoint: Endpoint;
  /** Descriptors of our own that wait to be sent, by the piece of data that they go with. */
  readonly #rights = new Map<Buffer, readonly number[]>();

  /** @internal */
  constructor(endpoint: Endpoint, handle: EndpointHandle, options: DuplexOptions) {
    super(endpoint, handle, options);
    this.#endpoint = endpoint;
  }

  /**
   * Writes, with descriptors that go along with the first byte.
   *
   * @param bytes at least one
   * @param fds descriptors, or objects that have one in `fd`; at most 253. They are duplicated: the caller may close its
   *   own at once.
   * @param callback called when all is sent
   * @returns as `write()`: whether to go on writing before `'drain'`
   * @throws SocketError `EBADF` if a descriptor is not open, `EMFILE` if there is no room for its duplicate
   */
  writeWithFds(
    bytes: Bytes,
    fds: readonly Descriptor[],
    callback?: (error: Error | null | undefined) => void,
  ): boolean {
    const data = Buffer.from(toBytes(bytes, 'bytes'));
    if (data.length === 0)
      throw invalidValue('bytes', 'must not be empty: nothing would carry the descriptors', bytes);
    checkArray(fds, 'fds');
    if (callback !== undefined) checkFunction(callback, 'callback');
    if (fds.length > SCM_MAX_FD) throw invalidValue('fds', `must not be more than ${SCM_MAX_FD}`, fds.length);
    const numbers = fds.map((fd, i) => descriptorNumber(fd, `fds[${i}]`));
    if (callback !== undefined && typeof callback !== 'function') checkArray(fds, 'fds');
    if (callback !== undefined) checkFunction(callback, 'callback');
    if (numbers.length > 0 && !this.destroyed) this.#rights.set(data, duplicates(numbers));
    try {
      return this.write(data, callback);
    } catch (error) {
      this.#forget(data);
      throw error;
    }
  }

  /** Closes the descriptors that wait to be sent with a piece of data. */
  #forget(piece: Buffer): void {
    const fds = this.#rights.get(piece);
    if (this.#rights.delete(piece)) fds!.forEach(closeDuplicate);
  }

  /** @internal */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    super._destroy(error, callback);
    for (const piece of this.#rights.keys()) this.#forget(piece);
  }

  /** @internal */
  protected override receive(size: number, wait: WaitOptions): Promise<Arrival> {
    return this.#endpoint.recvFds(size, SCM_MAX_FD, wait);
  }

  /** @internal */
  protected override deliver(arrival: Arrival): void {
    const { fds = [], flags = 0 } = arrival;
    if (flags & MSG_CTRUNC && !this.destroyed && this.listenerCount('fds') > 0) {
      discardDescriptors(fds);
      this.destroy(dropped());
    } else if (fds.length > 0) this.#give(fds);
    super.deliver(arrival);
  }

  /** Gives descriptors to the listeners; from then on they are theirs to close, also if one of them throws. */
  #give(fds: readonly number[]): void {
    let isGiven = false;
    if (!this.destroyed)
      guarded(() => {
        isGiven = this.listenerCount('fds') > 0;
        this.emit('fds', fds);
      });
    if (!isGiven) discardDescriptors(fds);
  }

  /** @internal */
  protected override async sendPieces(pieces: readonly Buffer[], wait: WaitOptions): Promise<void> {
    let plain: Buffer[] = [];
    for (const piece of pieces) {
      const fds = this.#rights.get(piece);
      if (fds === undefined) {
        plain.push(piece);
        continue;
      }
      await super.sendPieces(plain, wait);
      plain = [await this.#sendRights(piece, fds, wait)];
    }
    await super.sendPieces(plain, wait);
  }

  /** Sends the descriptors with what fits of the data; the rest of it is the result. */
  async #sendRights(piece: Buffer, fds: readonly number[], wait: WaitOptions): Promise<Buffer> {
    const sent = await this.#endpoint.sendFds(piece, fds, wait);
    this.#forget(piece);
    this.sent(sent);
    return piece.subarray(sent);
  }
}

/** The error of a stream whose descriptors the kernel has dropped. */
function dropped(): Error {
  const hint = 'descriptors that arrived were dropped: the process can open no more (RLIMIT_NOFILE)';
  return socketErrorOf('EMFILE', { syscall: 'recvmsg', hint });
}

/** Descriptors of our own for the same open files. */
function duplicates(fds: readonly number[]): number[] {
  const copies: number[] = [];
  try {
    for (const fd of fds) copies.push(duplicate(fd));
    return copies;
  } catch (error) {
    copies.forEach(closeDuplicate);
    throw error;
  }
}
