// The classes are globals, which Node.js loads when a program first names them: an import would load them always.
import type {
  ReadableStream as NodeReadableStream,
  WritableStream as NodeWritableStream,
  ReadableByteStreamController,
  WritableStreamDefaultController,
} from 'node:stream/web';
import { SHUT_WR } from '../constants/socket.js';
import { ENOTCONN } from '../errors/codes.js';
import { closedError, SocketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import type { Endpoint, EndpointHandle } from './endpoint.js';
import { followWeakly } from './follow.js';

/** The two web streams of a socket; {@link Socket.toWeb} creates them. */
export interface WebStreams {
  /** The received data. It is a byte stream, so a `'byob'` reader can pass its own memory. */
  readonly readable: NodeReadableStream<Uint8Array>;
  /** The data to send. Closing it shuts down the sending direction (half-close). */
  readonly writable: NodeWritableStream<Bytes>;
}

/** The size of a receive call if the reader does not pass its own memory. */
const CHUNK = 65536;

/**
 * The two directions of a connection. The socket is closed when both have ended, or when one has failed, which makes
 * the other fail too.
 */
class Halves {
  /** Ends the waiting receive call when the reader cancels the stream. */
  readonly #cancelled = new AbortController();
  #open = 2;
  #readable: ReadableByteStreamController | undefined;
  #writable: WritableStreamDefaultController | undefined;

  readonly #unfollow: () => void;

  constructor(
    private readonly endpoint: Endpoint,
    handle: EndpointHandle,
  ) {
    this.#unfollow = followWeakly(handle, this, halves => halves.#closedUnder());
  }

  readable(): NodeReadableStream<Uint8Array> {
    return new ReadableStream({
      type: 'bytes',
      autoAllocateChunkSize: CHUNK,
      start: controller => {
        this.#readable = controller;
      },
      pull: controller => this.#pull(controller),
      cancel: reason => {
        this.#cancelled.abort(reason);
        this.#ended();
      },
    });
  }

  writable(): NodeWritableStream<Bytes> {
    return new WritableStream<Bytes>({
      start: controller => {
        this.#writable = controller;
      },
      // The types of @types/node 20 do not have the signal, which exists since Node.js 18.
      write: (chunk, controller) => this.#write(chunk, (controller as { signal?: AbortSignal }).signal),
      close: () => this.#close(),
      abort: reason => this.#failed(reason),
    });
  }

  async #pull(controller: ReadableByteStreamController): Promise<void> {
    const { signal } = this.#cancelled;
    // There always is a request: memory that the reader did not pass is allocated.
    const request = controller.byobRequest!;
    try {
      const count = await this.endpoint.recvInto(request.view!, { signal });
      if (signal.aborted) return;
      if (count === 0) controller.close();
      request.respond(count);
      if (count === 0) this.#ended();
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
  }

  async #write(chunk: Bytes, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.endpoint.sendAll(toBytes(chunk, 'chunk'), { signal });
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  #close(): void {
    try {
      this.endpoint.shutdown(SHUT_WR);
    } catch (error) {
      const isReset = error instanceof SocketError && error.errno === ENOTCONN; // nothing is left to end
      if (!isReset) {
        this.#failed(error);
        throw error;
      }
    }
    this.#ended();
  }

  #ended(): void {
    if (--this.#open === 0) this.#release();
  }

  #closedUnder(): void {
    if (this.#open > 0) this.#failed(closedError('recv', 'the socket of the streams was closed'));
  }

  #failed(error: unknown): void {
    this.#open = 0;
    this.#cancelled.abort(error);
    this.#readable?.error(error);
    this.#writable?.error(error);
    this.#release();
  }

  #release(): void {
    this.#unfollow();
    this.endpoint.close();
  }
}

/** Creates web streams over a socket. */
export function toWeb(endpoint: Endpoint, handle: EndpointHandle): WebStreams {
  const halves = new Halves(endpoint, handle);
  return { readable: halves.readable(), writable: halves.writable() };
}
