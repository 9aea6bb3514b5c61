// The classes are globals, which Node.js loads when a program first names them: an import would load them always.
import type {
  ReadableByteStreamController,
  ReadableStream as NodeReadableStream,
  WritableStream as NodeWritableStream,
  WritableStreamDefaultController,
} from 'node:stream/web';
import { SHUT_WR } from '../constants/socket.js';
import { errnoNumber } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import type { Endpoint } from './endpoint.js';

/** A socket as a pair of web streams; {@link Socket.toWeb} makes it. */
export interface WebStreams {
  /** What is received: a byte stream, so that a reader of mode `'byob'` can bring its own memory. */
  readonly readable: NodeReadableStream<Uint8Array>;
  /** Takes what is to be sent. Closing it shuts down the sending side. */
  readonly writable: NodeWritableStream<Bytes>;
}

/** What is received at a time when the reader brings no memory of its own. */
const CHUNK = 65536;
const ENOTCONN = errnoNumber('ENOTCONN');

/**
 * The two halves of a connection. The socket is closed when both have ended, or one has failed; then so has the other.
 */
class Halves {
  /** Ends the call that waits when the reader gives up. */
  readonly #cancelled = new AbortController();
  #open = 2;
  #readable: ReadableByteStreamController | undefined;
  #writable: WritableStreamDefaultController | undefined;

  constructor(private readonly endpoint: Endpoint) {}

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
      // @types/node 20 does not know the signal, which is there from Node.js 18 on.
      write: (chunk, controller) => this.#write(chunk, (controller as { signal?: AbortSignal }).signal),
      close: () => {
        this.#shutdown();
        this.#ended();
      },
      abort: reason => this.#failed(reason),
    });
  }

  async #pull(controller: ReadableByteStreamController): Promise<void> {
    const { signal } = this.#cancelled;
    // There always is one, since what the reader did not bring is allocated.
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

  #shutdown(): void {
    try {
      this.endpoint.shutdown(SHUT_WR);
    } catch (error) {
      if (!(error instanceof SocketError) || error.errno !== ENOTCONN) throw error; // reset: nothing is left to end
    }
  }

  #ended(): void {
    if (--this.#open === 0) this.endpoint.close();
  }

  #failed(error: unknown): void {
    this.#open = 0;
    this.#cancelled.abort(error);
    this.#readable?.error(error);
    this.#writable?.error(error);
    this.endpoint.close();
  }
}

export function toWeb(endpoint: Endpoint): WebStreams {
  const halves = new Halves(endpoint);
  return { readable: halves.readable(), writable: halves.writable() };
}
