import type { FamilyName } from '../address/address.js';
import { MSG_CTRUNC } from '../constants/socket.js';
import { checkArray, checkFunction, invalidValue } from '../errors/argument.js';
import { socketErrorOf } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { type Descriptor, descriptorNumber, discardDescriptors, SCM_MAX_FD } from '../message/descriptors.js';
import type { ReceivedFds } from '../message/message.js';
import type { Operation } from '../reactor/operation.js';
import { PROMISE } from '../socket/call.js';
import type { AnyCore } from '../socket/core.js';
import { receiveDescriptors } from '../socket/descriptors.js';
import { closeDuplicate, duplicate } from '../socket/duplicate.js';
import { SocketDuplex } from './duplex.js';
import { guarded } from './guarded.js';
import { CHUNK } from './net-like.js';
import { bytesOf, type Piece } from './pieces.js';
import type { Callback } from './transport.js';

/**
 * A Node stream over a Unix socket, which can also carry file descriptors.
 *
 * The `'fds'` event has an array of received descriptors. It is emitted before the data that they arrived with can be
 * read. The descriptors are close-on-exec, and the listener must close them. Without a listener, the stream closes
 * them.
 *
 * If the process cannot open more descriptors, the kernel delivers the data and drops the descriptors. A stream with
 * an `'fds'` listener is then destroyed with `EMFILE`, because its reader could no longer match descriptors to data.
 */
export class UnixDuplex extends SocketDuplex {
  /** Duplicated descriptors that wait to be sent, by the piece of data that carries them. */
  readonly #rights = new Map<Buffer, readonly number[]>();
  /** Ends the call that sends descriptors when the stream is destroyed and the socket stays open. */
  #stop: AbortController | undefined;

  /**
   * Writes data, and sends file descriptors with its first byte.
   *
   * @param bytes the data; at least one byte
   * @param fds file descriptors, or objects with a descriptor in `fd`; at most 253. They are duplicated, so the
   *   caller can close its own immediately.
   * @param callback called when all data is sent
   * @returns as `write()`: false if the caller should wait for `'drain'` before it writes more
   * @throws SocketError `EBADF` if a descriptor is not open, `EMFILE` if the process cannot open the duplicate
   */
  writeWithFds(
    bytes: Bytes,
    fds: readonly Descriptor[],
    callback?: (error: Error | null | undefined) => void,
  ): boolean {
    const data = Buffer.from(toBytes(bytes, 'bytes'));
    if (data.length === 0)
      throw invalidValue('bytes', 'must not be empty: the first byte carries the descriptors', bytes);
    checkArray(fds, 'fds');
    if (callback !== undefined) checkFunction(callback, 'callback');
    if (fds.length > SCM_MAX_FD) throw invalidValue('fds', `must not be more than ${SCM_MAX_FD}`, fds.length);
    const numbers = fds.map((fd, i) => descriptorNumber(fd, `fds[${i}]`));
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
    this.#stop?.abort(error ?? new Error('the stream was destroyed'));
    super._destroy(error, callback);
    for (const piece of this.#rights.keys()) this.#forget(piece);
  }

  /** @internal */
  protected override nextReceive(core: AnyCore): Operation<unknown> {
    return receiveDescriptors(core, PROMISE, CHUNK, SCM_MAX_FD, undefined);
  }

  /** @internal */
  protected override dataOf(arrival: ReceivedFds<FamilyName>): Buffer {
    this.#takeDescriptors(arrival);
    return arrival.data;
  }

  #takeDescriptors({ fds, flags }: ReceivedFds<FamilyName>): void {
    if (flags & MSG_CTRUNC && !this.destroyed && this.listenerCount('fds') > 0) {
      discardDescriptors(fds);
      this.destroy(dropped());
    } else if (fds.length > 0) this.#give(fds);
  }

  /** Passes descriptors to the listeners, which must then close them, even if a listener throws. */
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
  override _write(chunk: Buffer | string, encoding: BufferEncoding, callback: Callback): void {
    if (this.#rights.size === 0) super._write(chunk, encoding, callback);
    else this.#sendInTurn([{ chunk, encoding }], callback);
  }

  /** @internal */
  override _writev(pieces: Piece[], callback: Callback): void {
    if (this.#rights.size === 0) super._writev(pieces, callback);
    else this.#sendInTurn(pieces, callback);
  }

  #sendInTurn(pieces: readonly Piece[], callback: Callback): void {
    const done = (error?: Error) => void guarded(() => callback(error));
    this.#sendAll(pieces.map(bytesOf)).then(() => done(), done);
  }

  /** Sends all pieces in order, and with some of them descriptors. */
  async #sendAll(pieces: readonly Buffer[]): Promise<void> {
    let plain: Buffer[] = [];
    for (const piece of pieces) {
      const fds = this.#rights.get(piece);
      if (fds === undefined) {
        plain.push(piece);
        continue;
      }
      await this.#sendPlain(plain);
      plain = [await this.#sendRights(piece, fds)];
    }
    await this.#sendPlain(plain);
  }

  #sendPlain(pieces: readonly Buffer[]): Promise<void> {
    const data = pieces.filter(({ length }) => length > 0);
    return new Promise((resolve, reject) => {
      this.transport!.send(data, false, error => (error ? reject(error) : resolve()));
    });
  }

  /** Sends the descriptors with as much of the data as fits. Returns the rest of the data. */
  async #sendRights(piece: Buffer, fds: readonly number[]): Promise<Buffer> {
    this.#stop ??= new AbortController();
    const sent = await this.endpoint.sendFds(piece, fds, { signal: this.#stop.signal });
    this.#forget(piece);
    this.sent(sent);
    return piece.subarray(sent);
  }
}

/** Returns the error of a stream whose descriptors the kernel has dropped. */
function dropped(): Error {
  const hint = 'received descriptors were dropped: the process cannot open more (RLIMIT_NOFILE)';
  return socketErrorOf('EMFILE', { syscall: 'recvmsg', hint });
}

/** Duplicates file descriptors. */
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
