/** Echo servers of TCP: ours in three forms, and that of Node.js beside them. */
import { once } from 'node:events';
import * as node from 'node:net';
import { createServer, type Socket } from 'berkeley';
import * as ours from 'berkeley/net';

const BACKLOG = 4096;

/** A reset ends a connection as an end does: half of the clients reset theirs. */
async function untilReset(serving: () => Promise<void>): Promise<void> {
  try {
    await serving();
  } catch (error) {
    if (!['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  }
}

async function echoCalls(socket: Socket<'inet'>): Promise<void> {
  using own = socket;
  await untilReset(async () => {
    for (let data = await own.recv(4096); data.length > 0; data = await own.recv(4096))
      await own.sendAll(data);
  });
}

async function echoChunks(socket: Socket<'inet'>): Promise<void> {
  using own = socket;
  await untilReset(async () => {
    for await (const chunk of own.chunks({ size: 4096 })) await own.sendAll(chunk);
  });
}

function serveSockets(echo: (socket: Socket<'inet'>) => Promise<void>): number {
  const server = createServer({ host: '0.0.0.0', port: 0 }, { backlog: BACKLOG });
  void (async () => {
    for await (const { socket } of server.connections()) void echo(socket);
  })();
  return server.getsockname().port;
}

async function serveStreams(net: { createServer: typeof node.createServer }): Promise<number> {
  const server = net.createServer(connection => {
    connection.on('error', () => {});
    connection.pipe(connection);
  });
  server.listen({ host: '0.0.0.0', port: 0, backlog: BACKLOG });
  await once(server, 'listening');
  return (server.address() as node.AddressInfo).port;
}

/** Each starts a server and returns its port. */
export const servers = {
  'berkeley recv': async () => serveSockets(echoCalls),
  'berkeley chunks': async () => serveSockets(echoChunks),
  'berkeley/net': () => serveStreams(ours as unknown as { createServer: typeof node.createServer }),
  'node:net': () => serveStreams(node),
} satisfies Readonly<Record<string, () => Promise<number>>>;

export type ServerName = keyof typeof servers;
