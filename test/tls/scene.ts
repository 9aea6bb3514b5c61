/** Servers and connections of the tests of TLS. */
import { once } from 'node:events';
import { connect, type Server as NetServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { after } from 'node:test';
import tls from 'node:tls';
import { createTlsServer, type TlsServer, type TlsServerOptions, type TlsSocket } from 'berkeley/tls';
import { countDescriptors } from '../support/descriptors.js';
import { waitFor } from '../support/running.js';
import { ca, server } from './certificates.js';

export const HOST = '127.0.0.1';

/** Reads to the end of a stream. */
export async function readAll(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

const servers: { close(): unknown }[] = [];
after(() => {
  for (const each of servers) each.close();
});

/** Returns the port of a server. */
export const portOf = (listening: { address(): unknown }): number =>
  (listening.address() as { port: number }).port;

/** Listens with a server of this package. */
export async function listening(
  options: TlsServerOptions = {},
  where: object = { port: 0, host: HOST },
): Promise<TlsServer> {
  const made = createTlsServer({ ...server, ...options }).listen(where);
  servers.push(made);
  await once(made, 'listening');
  return made;
}

/** Sends all data back. */
export async function echo(made: TlsServer): Promise<void> {
  for await (const socket of made.connections()) void reply(socket);
}

async function reply(socket: TlsSocket): Promise<void> {
  socket.on('error', () => {});
  socket.pipe(socket);
}

/** Listens with a server of Node.js, which sends a greeting and closes. */
export async function nodeServer(
  options: tls.TlsOptions = {},
  listener: (socket: tls.TLSSocket) => void = socket => void socket.end('hello'),
): Promise<tls.Server> {
  const made = tls.createServer({ ...server, ...options }, socket => {
    socket.on('error', () => {});
    listener(socket);
  });
  servers.push(made);
  made.listen(0, HOST);
  await once(made, 'listening');
  return made;
}

/** Connects with Node.js, and waits for the handshake. */
export async function nodeClient(
  to: number | string,
  options: tls.ConnectionOptions = {},
): Promise<tls.TLSSocket> {
  const where = typeof to === 'number' ? { port: to, host: HOST } : { path: to };
  const socket = tls.connect({ ...where, ca, servername: 'localhost', ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** Connects without TLS. */
export async function plain(port: number): Promise<Socket> {
  const socket = connect(port, HOST);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Closes a server, and waits until it is closed. */
export async function closed(made: TlsServer | NetServer): Promise<void> {
  await new Promise<void>(resolve => void made.close(() => resolve()));
}

/** Runs a test, and checks that it leaves no descriptor open. */
export async function withoutLeaks(run: () => Promise<unknown>): Promise<void> {
  const before = countDescriptors();
  await run();
  await waitFor(`${before} descriptors again`, () => countDescriptors() <= before);
}
