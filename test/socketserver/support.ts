/** Clients and servers for the tests of berkeley/socketserver. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHUT_WR, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import type { BaseServer, ServerFamily } from 'berkeley/socketserver';
import { TCPServer, UDPServer, UnixDatagramServer, UnixStreamServer } from 'berkeley/socketserver';

/** No test takes that long, in milliseconds. A call that waits for longer fails, and says so. */
export const LIMIT = 120_000;

/** A server of any kind, for tests that run with all of them. */
// biome-ignore lint/suspicious/noExplicitAny: the tests pass handlers for any family
export type AnyServer = BaseServer<ServerFamily, any>;

type AnyServerClass = new (address: object, handler: unknown, options?: object) => AnyServer;

/** A class of servers, and where to put one. */
export interface ServerKind {
  readonly name: string;
  readonly isStream: boolean;
  readonly Server: AnyServerClass;
  address(): object;
  /** The address that a datagram client binds to. */
  clientAddress(): object;
}

const loopback = (): object => ({ host: '127.0.0.1', port: 0 });
/** A name that no other test uses. The kernel removes it with the socket. */
const name = (): object =>
  process.platform === 'linux' ? { abstract: randomUUID() } : { path: join(tmpdir(), randomUUID()) };

function kind(Server: unknown, isStream: boolean, address: () => object): ServerKind {
  const { name } = Server as AnyServerClass;
  return { name, isStream, Server: Server as AnyServerClass, address, clientAddress: address };
}

export const kinds: readonly ServerKind[] = [
  kind(TCPServer, true, loopback),
  kind(UDPServer, false, loopback),
  kind(UnixStreamServer, true, name),
  kind(UnixDatagramServer, false, name),
];

/** Opens a client of a server. It must be closed. */
export async function connectTo(
  server: AnyServer,
  { isStream, clientAddress }: ServerKind,
): Promise<Socket<ServerFamily>> {
  const type = isStream ? SOCK_STREAM : SOCK_DGRAM;
  const client = new Socket(server.socket.family, type) as Socket<ServerFamily>;
  if (!isStream) client.bind(clientAddress() as never);
  await client.connect(server.serverAddress, { timeout: LIMIT });
  return client;
}

/** Sends a request. Returns the reply: all data of a stream, or one datagram. */
export async function ask(server: AnyServer, kind: ServerKind, request: string): Promise<string> {
  using client = await connectTo(server, kind);
  await client.sendAll(request);
  if (!kind.isStream) return String(await client.recv(65536, { timeout: LIMIT }));
  client.shutdown(SHUT_WR);
  let reply = '';
  for await (const chunk of client.chunks({ timeout: LIMIT })) reply += chunk;
  return reply;
}

/** Serves while a function runs. Then it closes the server. */
export async function serving<T>(server: AnyServer, use: () => Promise<T>): Promise<T> {
  const loop = server.serveForever();
  try {
    return await use();
  } finally {
    await server.shutdown();
    await loop;
    await server.serverClose();
  }
}

/** A promise and its functions. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>(settle => {
    resolve = settle;
  });
  return { promise, resolve };
}
