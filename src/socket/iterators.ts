/** The async iterators: accepting, reading, receiving, each for as long as the loop goes on. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FamilyName } from '../address/address.js';
import type { Wait } from '../address/registry.js';
import { checkObject } from '../errors/argument.js';
import { SocketError } from '../errors/errors.js';
import type { QueuedError } from '../message/error-queue.js';
import type { Received } from './operations/receive.js';
import type { Accepted, Socket } from './socket.js';

/** How much to take at a time, and how to wait for it. */
export interface ChunkOptions extends Wait {
  /** The most bytes in one piece; 65,536 by default. */
  readonly size?: number | undefined;
}

const CHUNK = 65536;
const EMFILE_PAUSE = 100;

/** Errors of accept(2) that belong to the one connection, which is gone: "Error handling" in the man page. */
const lostConnection = new Set([
  ...[
    'ECONNABORTED',
    'EPROTO',
    'ENETDOWN',
    'ENOPROTOOPT',
    'EHOSTDOWN',
    'ENONET',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  'EPERM', // a firewall forbade it
]);
/** Errors that pass when others let go of something. */
const exhausted = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** An iterator over `next()` until it gives `undefined`, or the socket is closed from this side. */
export function iterate<T>(
  socket: { readonly closed: boolean },
  next: () => Promise<T | undefined>,
): AsyncIterableIterator<T> {
  let over = false;
  const done = { done: true as const, value: undefined };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over || socket.closed) return done;
      try {
        const value = await next();
        if (value !== undefined) return { done: false, value };
        over = true;
        return done;
      } catch (error) {
        over = true;
        // Closing the socket is how a program ends such a loop; that is no failure.
        if (socket.closed && error instanceof SocketError && error.code === 'EBADF') return done;
        throw error;
      }
    },
    async return() {
      over = true;
      return done;
    },
  };
}

export function connections<F extends FamilyName>(
  server: Socket<F>,
  wait: Wait,
): AsyncIterableIterator<Accepted<F>> {
  let warned = false;
  return iterate(server, async () => {
    for (;;) {
      try {
        return await server.accept(wait);
      } catch (error) {
        const code = error instanceof SocketError ? error.code : '';
        if (lostConnection.has(code)) continue;
        if (!exhausted.has(code)) throw error;
        if (!warned)
          process.emitWarning(`accept ${code}: connections wait until resources are free`, 'ResourceWarning');
        warned = true;
        await delay(EMFILE_PAUSE, undefined, wait.signal ? { signal: wait.signal } : {});
      }
    }
  });
}

export function chunks<F extends FamilyName>(
  socket: Socket<F>,
  options: ChunkOptions = {},
): AsyncIterableIterator<Buffer> {
  const { size = CHUNK } = checkObject(options, 'options') as ChunkOptions;
  return iterate(socket, async () => {
    const chunk = await socket.recv(size, 0, options);
    return chunk.length === 0 ? undefined : chunk;
  });
}

export function datagrams<F extends FamilyName>(
  socket: Socket<F>,
  options: ChunkOptions = {},
): AsyncIterableIterator<Received<F>> {
  const { size = CHUNK } = checkObject(options, 'options') as ChunkOptions;
  return iterate(socket, () => socket.recvfrom(size, 0, options));
}

export function errors<F extends FamilyName>(
  socket: Socket<F>,
  wait: Wait = {},
): AsyncIterableIterator<QueuedError<F>> {
  return iterate(socket, () => socket.recvError(wait));
}
