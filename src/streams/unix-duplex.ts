import { checkArray, checkFunction, invalidValue } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { type Descriptor, descriptorNumber, discardDescriptors, SCM_MAX_FD } from '../message/descriptors.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { closeDuplicate, duplicate } from '../socket/duplicate.js';
import { type Arrival, type DuplexOptions, SocketDuplex } from './duplex.js';
import type { Endpoint } from './endpoint.js';

/**
 * A Node stream over a Unix socket, which carries descriptors too.
 *
 * `'fds'` is emitted with an array of descriptors when they arrive, before any of the data that they came with can be
 * read; they are close-on-exec, and the listener's to close. Descriptors that nobody listens for are closed.
 */
export class UnixDuplex extends SocketDuplex {
  readonly #endpoint: Endpoint;
  /** Descriptors of our own that wait to be sent, by the piece of data that they go with. */
  readonly #rights = new Map<Buffer, readonly number[]>();

  /** @internal */
  constructor(endpoint: Endpoint, options: DuplexOptions) {
    super(endpoint, options);
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
    if (numbers.length > 0 && !this.destroyed) this.#rights.set(data, duplicates(numbers));
    return this.write(data, callback);
  }

  /** @internal */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    for (const fds of this.#rights.values()) fds.forEach(closeDuplicate);
    this.#rights.clear();
    super._destroy(error, callback);
  }

  /** @internal */
  protected override receive(size: number, wait: WaitOptions): Promise<Arrival> {
    return this.#endpoint.recvFds(size, SCM_MAX_FD, wait);
  }

  /** @internal */
  protected override deliver(arrival: Arrival): void {
    const { fds = [] } = arrival;
    if (fds.length > 0 && (this.destroyed || !this.emit('fds', fds))) discardDescriptors(fds);
    super.deliver(arrival);
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
    if (this.#rights.delete(piece)) fds.forEach(closeDuplicate);
    this.sent(sent);
    return piece.subarray(sent);
  }
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
