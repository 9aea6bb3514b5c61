import type { TlsSocket } from './transport.js';

const ignore = (): void => {};

/** A running `for await` loop over the connections of a server. */
interface Loop {
  failure?: { readonly error: unknown };
  wake(): void;
}

/** The connections of a server that no listener has taken. They wait for a loop. */
export class Incoming {
  readonly #waiting: TlsSocket[] = [];
  readonly #loops = new Set<Loop>();
  #isClosed = false;

  /** Adds a connection. Nobody else can listen for its errors yet. */
  add(socket: TlsSocket): void {
    socket.on('error', ignore);
    this.#waiting.push(socket);
    this.#wake();
  }

  /** Ends all loops with an error. Returns whether there are any. */
  fail(error: unknown): boolean {
    for (const loop of this.#loops) loop.failure = { error };
    this.#wake();
    return this.#loops.size > 0;
  }

  /** Lets loops wait for connections. */
  open(): void {
    this.#isClosed = false;
  }

  /** Ends the loops when no connection waits. */
  end(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** Closes the connections that no loop will take. */
  destroyUnwanted(): void {
    if (this.#loops.size === 0) for (const socket of this.#waiting.splice(0)) socket.destroy();
  }

  #wake(): void {
    for (const loop of this.#loops) loop.wake();
  }

  /** The iteration of `server.connections()`. */
  async *sockets(): AsyncGenerator<TlsSocket, void, void> {
    const loop: Loop = { wake: ignore };
    this.#loops.add(loop);
    try {
      for (;;) {
        const socket = this.#waiting.shift();
        if (socket !== undefined) {
          socket.off('error', ignore);
          if (!socket.destroyed) yield socket;
        } else if (loop.failure !== undefined) throw loop.failure.error;
        else if (this.#isClosed) return;
        else await wakeUp(loop);
      }
    } finally {
      this.#loops.delete(loop);
      if (this.#isClosed) this.destroyUnwanted();
    }
  }
}

function wakeUp(loop: Loop): Promise<void> {
  return new Promise(resolve => {
    loop.wake = resolve;
  });
}
