/** A connection, as `berkeley nc` uses it. */

import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { SHUT_WR, SOCK_DGRAM, SOCK_STREAM, type Socket } from 'berkeley';

export interface Channel {
  /** Waits for data; `undefined` at the end. Empty data is an empty datagram. */
  receive(timeout: number | undefined): Promise<Buffer | undefined>;
  send(data: Buffer): Promise<void>;
  /** Tells the peer that no more data comes. */
  endSending(): void;
  close(): void;
}

const SIZE = 65536;

/** A socket, of any family and type. */
export class SocketChannel implements Channel {
  constructor(private readonly socket: Socket<'unix'>) {}

  async receive(timeout: number | undefined): Promise<Buffer | undefined> {
    const data = await this.socket.recv(SIZE, timeout === undefined ? undefined : { timeout });
    // An empty result ends streams. SOCK_SEQPACKET has no other sign of the end either: unix(7).
    return data.length === 0 && this.socket.type !== SOCK_DGRAM ? undefined : data;
  }

  async send(data: Buffer): Promise<void> {
    if (this.socket.type === SOCK_STREAM) await this.socket.sendAll(data);
    else await this.socket.send(data);
  }

  endSending(): void {
    if (this.socket.type !== SOCK_DGRAM) this.socket.shutdown(SHUT_WR);
  }

  close(): void {
    this.socket.close();
  }
}

/** A stream of Node.js: TLS. */
export class DuplexChannel implements Channel {
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(private readonly stream: Duplex) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async receive(timeout: number | undefined): Promise<Buffer | undefined> {
    const timer =
      timeout === undefined ? undefined : setTimeout(() => this.stream.destroy(idle(timeout)), timeout);
    try {
      const { done, value } = await this.#chunks.next();
      return done ? undefined : value;
    } finally {
      clearTimeout(timer);
    }
  }

  async send(data: Buffer): Promise<void> {
    if (!this.stream.write(data)) await once(this.stream, 'drain');
  }

  endSending(): void {
    this.stream.end();
  }

  close(): void {
    this.stream.destroy();
  }
}

function idle(milliseconds: number): Error {
  return new Error(`no data for ${milliseconds} ms`);
}
