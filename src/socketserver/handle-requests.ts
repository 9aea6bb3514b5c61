import { isMainThread, parentPort } from 'node:worker_threads';
import type { AddressOf } from '../address/address.js';
import type { Family, Protocol, SocketType } from '../constants/kinds.js';
import { invalidState } from '../errors/argument.js';
import { fromfd } from '../socket/functions.js';
import type { Socket } from '../socket/socket.js';
import { type AnyHandler, checkHandler, type RequestHandler, runHandler } from './handler.js';
import { endConnection } from './kinds.js';
import type { RequestServer, ServerFamily } from './request.js';
import {
  marked,
  messageOf,
  type RequestMessage,
  recordOf,
  type StoppedMessage,
  type ThreadMessage,
} from './worker-messages.js';

type Port = NonNullable<typeof parentPort>;

/** The promises of `server.shutdown()`. */
const shutdowns = new Map<number, () => void>();
let lastShutdown = 0;

/** Stands for the server of the other thread. */
class RemoteServer implements RequestServer {
  readonly serverAddress: AddressOf<ServerFamily>;
  readonly #port: Port;

  constructor(serverAddress: AddressOf<ServerFamily>, port: Port) {
    this.serverAddress = Object.freeze(serverAddress);
    this.#port = port;
  }

  shutdown(): Promise<void> {
    const id = ++lastShutdown;
    this.#port.postMessage(marked({ kind: 'shutdown', id }));
    return new Promise(resolve => shutdowns.set(id, resolve));
  }
}

/** The duplicate of a datagram server's socket: one per thread. */
let shared: Socket<ServerFamily> | undefined;

function duplicate({ fd, family, type, protocol }: RequestMessage): Socket<ServerFamily> {
  return fromfd<ServerFamily>(fd, {
    family: family as unknown as Family<ServerFamily>,
    type: type as SocketType,
    protocol: protocol as Protocol,
  });
}

function sharedSocket(message: RequestMessage): Socket<ServerFamily> {
  if (shared === undefined || shared.closed) shared = duplicate(message);
  return shared;
}

/** Runs the handler of one request, and reports how it ends. */
async function handle(handler: AnyHandler, message: RequestMessage, port: Port): Promise<void> {
  const { id, data, clientAddress, serverAddress } = message;
  const report = (answer: ThreadMessage): void => port.postMessage(marked(answer));
  try {
    const isStream = data === undefined;
    const socket = isStream ? duplicate(message) : sharedSocket(message);
    report({ kind: 'received', id });
    try {
      const request = isStream ? socket : { data: Buffer.from(data.buffer), socket };
      const client = clientAddress === null ? null : Object.freeze(clientAddress);
      await runHandler(handler, request, client, new RemoteServer(serverAddress, port));
    } finally {
      if (isStream) endConnection(socket);
    }
    report({ kind: 'done', id });
  } catch (error) {
    report({ kind: 'failed', id, error: recordOf(error) });
  }
}

/**
 * Makes this thread handle the requests of the server that has started it. Call it in the module whose URL the server got.
 *
 * ```ts
 * // upper.js
 * import { handleRequests, StreamRequestHandler } from 'berkeley/socketserver';
 *
 * handleRequests(
 *   class extends StreamRequestHandler {
 *     async handle() {
 *       for await (const line of this.rfile) await this.wfile.write(line.toString().toUpperCase());
 *     }
 *   },
 * );
 * ```
 *
 * @param handler a class or a function. Its `server` stands for the server of the other thread: it has `serverAddress` and
 *   `shutdown()`.
 * @throws TypeError if `handler` is neither
 * @throws Error `ERR_INVALID_STATE` in the main thread, and in a thread that has no parent
 */
export function handleRequests<F extends ServerFamily, R>(handler: RequestHandler<F, R>): void {
  const checked = checkHandler(handler, 'handler');
  const port = parentPort;
  if (isMainThread || port === null)
    throw invalidState('handleRequests() works only in a thread that a server has started');
  port.on('message', (value: unknown) => {
    const message = messageOf<RequestMessage | StoppedMessage>(value);
    if (message?.kind === 'request') void handle(checked, message, port);
    if (message?.kind === 'stopped') {
      shutdowns.get(message.id)?.();
      shutdowns.delete(message.id);
    }
  });
}
