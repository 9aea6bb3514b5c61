/** An echo server: for one connection at a time if calls block, for all at once if they are awaited. */
import { createServer, IPPROTO_TCP, type Socket, TCP_NODELAY } from 'berkeley';
import { announce, chosen } from '../announce.js';
import { partsOf } from '../part.js';

const SIZE = 65536;

/** The way of serving a connection. */
const ways = {
  sync(socket: Socket): void {
    const buffer = new Uint8Array(SIZE);
    const part = partsOf(buffer);
    for (;;) {
      const got = socket.recvIntoSync(buffer);
      if (got === 0) return;
      socket.sendSync(part(got));
    }
  },
  async into(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(SIZE);
    const part = partsOf(buffer);
    for (;;) {
      const got = await socket.recvInto(buffer);
      if (got === 0) return;
      await socket.send(part(got));
    }
  },
  async intoAll(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(SIZE);
    const part = partsOf(buffer);
    for (;;) {
      const got = await socket.recvInto(buffer);
      if (got === 0) return;
      await socket.sendAll(part(got));
    }
  },
  async recv(socket: Socket): Promise<void> {
    for (;;) {
      const data = await socket.recv(SIZE);
      if (data.length === 0) return;
      await socket.sendAll(data);
    }
  },
  async chunks(socket: Socket): Promise<void> {
    for await (const chunk of socket.chunks()) await socket.sendAll(chunk);
  },
};

const serve = chosen<(socket: Socket) => void | Promise<void>>(ways);
const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);

async function serveOne(socket: Socket): Promise<void> {
  try {
    socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1);
    await serve(socket);
  } catch {
    // A client that closes with a message in flight resets its connection. That is not a failure of the
    // server.
  } finally {
    socket.close();
  }
}

for (;;) {
  if (serve === ways.sync) await serveOne(server.acceptSync().socket);
  else void serveOne((await server.accept()).socket);
}
