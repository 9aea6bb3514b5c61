/**
 * Writes to readers that do not read. The arguments are the way of writing, the number of connections and the bytes per
 * connection. Prints its port, then its usage before and while all data is pending.
 */
import { once } from 'node:events';
import * as node from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createServer, type Socket } from 'berkeley';
import { pattern } from '../../support/bytes.js';
import { usage } from './usage.js';

const [, , way, connections, size] = process.argv;
const count = Number(connections);

/** All connections send the same memory, so that any copy would show. */
const data = pattern(Number(size));

/** Pieces of the data, made when the stream asks for them. */
function* pieces(): Generator<Buffer> {
  for (let i = 0; i < data.length; i += 65_536) yield data.subarray(i, i + 65_536);
}

/** Ways to send it all: each resolves when the kernel has accepted the last byte. */
const ours: Readonly<Record<string, (socket: Socket<'inet'>) => Promise<unknown>>> = {
  sendAll: async socket => {
    await socket.sendAll(data);
    socket.close();
  },
  pipeline: async socket => {
    const duplex = socket.toDuplex().resume();
    const closed = once(duplex, 'close');
    await pipeline(Readable.from(pieces()), duplex);
    await closed;
  },
  toWeb: async socket => {
    using _ = socket;
    const writer = socket.toWeb().writable.getWriter();
    for (const piece of pieces()) {
      await writer.ready;
      await writer.write(piece);
    }
    await writer.close();
  },
};

const theirs: Readonly<Record<string, (connection: node.Socket) => Promise<unknown>>> = {
  'node:net write': async connection => {
    connection.end(data);
    await once(connection, 'finish');
  },
  'node:net pipeline': connection => pipeline(Readable.from(pieces()), connection),
};

async function serveOurs(write: (socket: Socket<'inet'>) => Promise<unknown>): Promise<Promise<unknown>[]> {
  const server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: count });
  process.send!({ port: server.getsockname().port });
  const writing: Promise<unknown>[] = [];
  while (writing.length < count) writing.push(write((await server.accept()).socket));
  server.close();
  return writing;
}

async function serveTheirs(write: (socket: node.Socket) => Promise<unknown>): Promise<Promise<unknown>[]> {
  const writing: Promise<unknown>[] = [];
  const server = node.createServer(connection => {
    connection.resume();
    writing.push(write(connection));
    if (writing.length === count) server.close().emit('complete');
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: count });
  await once(server, 'listening');
  process.send!({ port: (server.address() as node.AddressInfo).port });
  await once(server, 'complete');
  return writing;
}

const before = await usage();
process.send!({ before });
const writing = way! in ours ? await serveOurs(ours[way!]!) : await serveTheirs(theirs[way!]!);
// The reader answers when it has seen that the kernel accepts no more.
await once(process, 'message');
process.send!({ pending: await usage() });
await Promise.all(writing);
process.send!({ after: await usage() });
