import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { AF_UNIX } from '../families/unix/constants.js';
import type { Descriptor } from '../message/descriptors.js';
import { POLLIN, POLLOUT } from '../reactor/events.js';
import { checkStream } from '../streams/check-stream.js';
import { type DuplexOptions, SocketDuplex } from '../streams/duplex.js';
import type { BinaryFile } from '../streams/files/binary-file.js';
import { type BinaryFileOptions, makefile, type TextFileOptions } from '../streams/files/makefile.js';
import type { BinaryMode, TextMode } from '../streams/files/mode.js';
import { type Driver, SharedSocket } from '../streams/files/shared-socket.js';
import type { TextFile } from '../streams/files/text-file.js';
import {
  type SendfileOptions,
  type SendfileSyncOptions,
  sendfile,
  sendfileSync,
} from '../streams/sendfile.js';
import { UnixDuplex } from '../streams/unix-duplex.js';
import { toWeb, type WebStreams } from '../streams/web.js';
import { Batcher } from './batching.js';
import { promised } from './handle.js';

/** The Node stream of a socket: that of a Unix socket carries descriptors too. */
export type DuplexOf<F extends FamilyName> = [F] extends ['unix'] ? UnixDuplex : SocketDuplex;

/** Files and streams over sockets. */
export abstract class Streamer<F extends FamilyName> extends Batcher<F> {
  /** The files over this socket; none before the first. */
  #files: SharedSocket | undefined;

  /**
   * Sends a file, without the data passing through this process where the kernel can do so; what is not a regular file
   * (a pipe, another socket, a file of /proc) is read and sent. No other call's data gets in between.
   *
   * A regular file is read from the disk in this thread, as sendfile(2) does it. From others nothing is read that cannot
   * be read at once: waiting for a pipe blocks nobody.
   *
   * When the call has ended, well or not, the file's position is behind the last byte that was sent.
   *
   * @param file a descriptor, or an object that has one in `fd`: a FileHandle, a Socket, … It may be closed while the
   *   call waits.
   * @param options `offset`, `count`; a signal, a timeout for the whole
   * @returns how many bytes were sent
   * @throws TypeError if this is not a stream socket, or `file` not open; RangeError for a bad `offset` or `count`
   * @throws SocketError as {@link Socket.sendAll}, with `bytesTransferred`; `EISDIR` and the like of read(2); `ESPIPE`
   *   if `offset` is not 0 in a file that has no positions
   * @see sendfile(2)
   */
  sendfile(file: Descriptor, options: SendfileOptions = {}): Promise<number> {
    return promised(() =>
      sendfile(this, file, options, operation => this.drive(this.waitable.output, operation, options)),
    );
  }

  /**
   * {@link sendfile}, in this thread, in the mode that {@link timeout} says, which may not be 0; it is for the whole.
   *
   * @throws TypeError if {@link timeout} is 0; else as {@link sendfile}
   */
  sendfileSync(file: Descriptor, options: SendfileSyncOptions = {}): number {
    return sendfileSync(this, file, options, operation => this.driveSync(POLLOUT, operation));
  }

  /**
   * A file over this socket: lines, text, buffers.
   *
   * While files are open, {@link close} takes the socket from the program but leaves the connection to them: it ends when
   * the last of them is closed. Closing a file does not close the socket.
   *
   * @param mode `'r'`, `'w'` or both, and `'b'` for bytes in place of text; `'r'` by default
   * @param options how it buffers; for text also its encoding and how lines end
   * @throws TypeError or RangeError if one of these is not as it should be
   * @throws SocketError `EBADF` if the socket is closed
   */
  makefile(mode: BinaryMode, options?: BinaryFileOptions): BinaryFile;
  makefile(mode?: TextMode, options?: TextFileOptions): TextFile;
  makefile(mode: string = 'r', options: TextFileOptions = {}): BinaryFile | TextFile {
    this.#checkOpen();
    this.#files ??= new SharedSocket(this.#driver());
    return makefile(this.#files, mode, options);
  }

  /**
   * A Node stream over this socket, which has to be connected. The stream is the socket's owner from then on, and closes
   * it when it is destroyed or both its sides have ended.
   *
   * It also has the properties and methods of a `net.Socket`, so that a server of `node:http` takes it as
   * `server.emit('connection', duplex)`, and `node:tls` as `tls.connect({ socket: duplex })`.
   *
   * @throws TypeError if this is not a stream socket
   * @throws SocketError `EBADF` if the socket is closed
   */
  toDuplex(options: DuplexOptions = {}): DuplexOf<F> {
    checkStream(this, 'toDuplex');
    this.#checkOpen();
    const isUnix = (this.family as number) === AF_UNIX;
    return (isUnix ? new UnixDuplex(this, options) : new SocketDuplex(this, options)) as DuplexOf<F>;
  }

  /**
   * Web streams over this socket, which has to be connected. They are the socket's owners from then on: it is closed when
   * both have ended, or one of them has failed.
   *
   * @throws TypeError if this is not a stream socket
   * @throws SocketError `EBADF` if the socket is closed
   */
  toWeb(): WebStreams {
    checkStream(this, 'toWeb');
    this.#checkOpen();
    return toWeb(this);
  }

  /**
   * Closes the socket; calls that wait on it are rejected with `EBADF`. Closing twice does nothing.
   *
   * If {@link makefile} has made files that are still open, the descriptor stays open until they are closed too.
   *
   * To end a connection in good time call {@link shutdown} first: other descriptors may still refer to it.
   *
   * @throws SocketError if close(2) reports one, such as `EIO`; the descriptor is gone all the same
   * @see close(2)
   */
  override close(): void {
    const files = this.#files;
    this.#files = undefined;
    if (this.closed || !files?.isUsed) {
      super.close();
      return;
    }
    const successor: Streamer<F> = this.reopen(this.detach());
    if (!this.waitable.isRef) successor.unref();
    files.inherit(successor.#driver());
  }

  /** Another object for the same open socket, whose descriptor is `fd`. @internal */
  protected abstract reopen(fd: number): Streamer<F>;

  #checkOpen(): void {
    checked(binding.getNonblocking(this.fd), 'fcntl');
  }

  #driver(): Driver {
    return {
      target: this,
      drive: (direction, operation, wait) => this.drive(this.waitable[direction], operation, wait),
      driveSync: (direction, operation) =>
        this.driveSync(direction === 'input' ? POLLIN : POLLOUT, operation),
      close: () => this.close(),
    };
  }
}
