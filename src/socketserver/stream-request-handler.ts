import { checkBoolean, checkInteger, checkTimeout } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import { IPPROTO_TCP, TCP_NODELAY } from '../families/inet/constants.js';
import type { Socket } from '../socket/socket.js';
import type { BinaryFile } from '../streams/files/binary-file.js';
import { BaseRequestHandler, RELEASE } from './base-request-handler.js';
import type { ClientAddress, RequestServer, ServerFamily, StreamRequest } from './request.js';
import type { RequestWriter } from './request-files.js';
import { SocketWriter } from './socket-writer.js';

/** The largest buffer of a file. */
const MOST = 1 << 30;

/**
 * Handles the requests of a stream server. {@link rfile} reads from the connection, {@link wfile} writes to it.
 *
 * ```ts
 * class Upper extends StreamRequestHandler {
 *   timeout = 10_000;
 *   async handle() {
 *     for await (const line of this.rfile) await this.wfile.write(line.toString().toUpperCase());
 *   }
 * }
 * ```
 */
export class StreamRequestHandler<
  F extends ServerFamily = ServerFamily,
  S extends RequestServer = RequestServer,
> extends BaseRequestHandler<StreamRequest<F>, ClientAddress<F>, S> {
  /** The buffer size of {@link rfile} in bytes; 0 for no buffer; -1, the default, for 8,192 bytes. */
  rbufsize = -1;
  /**
   * The buffer size of {@link wfile} in bytes; -1 for 8,192 bytes. With 0, the default, each write sends all of its data. A
   * buffer is sent at the end, and by `flush()`.
   */
  wbufsize = 0;
  /**
   * The limit of each call on {@link rfile} and {@link wfile}, and of Sync calls on the connection, in milliseconds; `null`,
   * the default, for none. A call that has passed it fails with a `TimeoutError`.
   */
  timeout: number | null = null;
  /** Whether to set `TCP_NODELAY`. Use it only with a buffer for writing; false by default. */
  disableNagleAlgorithm = false;
  /** The connection: the same as {@link request}. */
  connection!: Socket<F>;
  /** Reads from the connection. */
  rfile!: BinaryFile;
  /** Writes to the connection. */
  wfile!: RequestWriter;

  /** Opens {@link rfile} and {@link wfile}. A subclass that defines it must call `super.setup()`. */
  override setup(): void | Promise<void> {
    const timeout = checkTimeout(this.timeout, 'timeout');
    checkInteger(this.rbufsize, 'rbufsize', -1, MOST);
    checkInteger(this.wbufsize, 'wbufsize', -1, MOST);
    checkBoolean(this.disableNagleAlgorithm, 'disableNagleAlgorithm');
    this.connection = this.request;
    if (timeout !== null) this.connection.timeout = timeout;
    if (this.disableNagleAlgorithm) this.connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, true);
    this.rfile = this.connection.makefile('rb', { buffering: this.rbufsize, timeout });
    this.wfile =
      this.wbufsize === 0
        ? new SocketWriter(this.connection as Socket<ServerFamily>, timeout)
        : this.connection.makefile('wb', { buffering: this.wbufsize, timeout });
  }

  /** Sends what {@link wfile} has buffered, and closes both files. An error of the connection is ignored then. */
  override async finish(): Promise<void> {
    await this[RELEASE]();
  }

  /** @internal */
  override async [RELEASE](): Promise<void> {
    for (const file of [this.wfile, this.rfile]) {
      try {
        await file?.close();
      } catch (error) {
        // The client has closed the connection, for example, so that the rest cannot be sent.
        if (!(error instanceof SocketError)) throw error;
      }
    }
  }
}
