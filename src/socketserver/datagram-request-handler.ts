import type { AddressInput } from '../address/address.js';
import type { Socket } from '../socket/socket.js';
import { BaseRequestHandler } from './base-request-handler.js';
import { PacketReader, PacketWriter } from './packet-files.js';
import type { ClientAddress, DatagramRequest, RequestServer, ServerFamily } from './request.js';
import type { RequestReader, RequestWriter } from './request-files.js';

/**
 * Handles the requests of a datagram server. {@link rfile} reads the datagram. What is written to {@link wfile} is sent to the
 * client as one datagram when {@link handle} has ended.
 *
 * ```ts
 * class Upper extends DatagramRequestHandler {
 *   async handle() {
 *     await this.wfile.write((await this.rfile.read()).toString().toUpperCase());
 *   }
 * }
 * ```
 */
export class DatagramRequestHandler<
  F extends ServerFamily = ServerFamily,
  S extends RequestServer = RequestServer,
> extends BaseRequestHandler<DatagramRequest<F>, ClientAddress<F>, S> {
  /** The received datagram. */
  packet!: Buffer;
  /** The socket of the server. */
  socket!: Socket<F>;
  /** Reads the datagram. */
  rfile!: RequestReader;
  /** Collects the reply. */
  wfile!: RequestWriter;
  #writer: PacketWriter | undefined;

  /** Opens {@link rfile} and {@link wfile}. A subclass that defines it must call `super.setup()`. */
  override setup(): void | Promise<void> {
    this.packet = this.request.data;
    this.socket = this.request.socket;
    this.rfile = new PacketReader(this.packet);
    this.wfile = this.#writer = new PacketWriter();
  }

  /**
   * Sends the reply, if something was written to {@link wfile}. It is also sent if {@link handle} failed, as in Python.
   *
   * @throws TypeError if the client has no address: a Unix socket that is not bound
   * @throws SocketError as `sendto()`
   */
  override async finish(): Promise<void> {
    const reply = this.#writer?.reply;
    if (reply === undefined) return;
    await (this.socket as Socket<'inet'>).sendto(reply, this.clientAddress as AddressInput<'inet'>);
  }
}
