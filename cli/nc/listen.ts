/** Servers of `berkeley nc`. */
import { rmSync } from 'node:fs';
import { MSG_PEEK, SO_REUSEADDR, SOCK_DGRAM, SOL_SOCKET, type Socket } from 'berkeley';
import { type Channel, SocketChannel } from './channel.js';
import { openSocket, timeoutOf } from './connect.js';
import { type Endpoint, labelOf } from './endpoint.js';
import type { NcOptions } from './options.js';
import { secureServer } from './secure.js';

/** Tells a step of the work. */
export type Tell = (text: string) => void;

/** Yields the connections of a server: one, or one after the other with `--keep`. */
export async function* listen(
  endpoint: Endpoint,
  options: NcOptions,
  signal: AbortSignal,
  tell: Tell,
): AsyncGenerator<Channel> {
  using server = openServer(endpoint);
  tell(`Listening on ${labelOf(server.getsockname())}`);
  try {
    if (endpoint.type === SOCK_DGRAM) yield await firstSender(server, options, signal, tell);
    else yield* acceptEach(server, options, signal, tell);
  } finally {
    const path = (endpoint.address as { path?: string }).path;
    if (path !== undefined) rmSync(path, { force: true });
  }
}

function openServer(endpoint: Endpoint): Socket<'unix'> {
  const server = openSocket(endpoint);
  try {
    if (!('path' in endpoint.address)) server.setsockopt(SOL_SOCKET, SO_REUSEADDR, true);
    server.bind(endpoint.address as never);
    if (endpoint.type !== SOCK_DGRAM) server.listen();
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}

async function* acceptEach(
  server: Socket<'unix'>,
  options: NcOptions,
  signal: AbortSignal,
  tell: Tell,
): AsyncGenerator<Channel> {
  do {
    const { socket, address } = await server.accept({ signal, ...timeoutOf(options) });
    tell(`Connection received from ${labelOf(address)}`);
    yield options.tls ? await secureServer(socket, options) : new SocketChannel(socket);
  } while (options.keep && !signal.aborted);
}

/** Waits for a datagram and connects to its sender, who can then be answered. The datagram stays in the queue. */
async function firstSender(
  server: Socket<'unix'>,
  options: NcOptions,
  signal: AbortSignal,
  tell: Tell,
): Promise<Channel> {
  const { address } = await server.recvfrom(1, { flags: MSG_PEEK, signal, ...timeoutOf(options) });
  tell(`Datagram received from ${labelOf(address)}`);
  const hasName = address !== null && !('unnamed' in address);
  if (hasName && !options.keep) await server.connect(address);
  return new SocketChannel(server);
}
