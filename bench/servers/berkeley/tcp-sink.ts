/** Reads a stream to its end and discards it. */
import { createServer, type Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

const SIZE = 1 << 18;

/** The way of serving a connection. */
const ways = {
  sync(socket: Socket): void {
    const buffer = new Uint8Array(SIZE);
    while (socket.recvIntoSync(buffer) > 0);
  },
  async into(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(SIZE);
    while ((await socket.recvInto(buffer)) > 0);
  },
  async chunks(socket: Socket): Promise<void> {
    for await (const _ of socket.chunks());
  },
  async lent(socket: Socket): Promise<void> {
    for await (const _ of socket.chunks({ lend: true }));
  },
};

const serve = chosen<(socket: Socket) => void | Promise<void>>(ways);
const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);

for (;;) {
  const { socket } = serve === ways.sync ? server.acceptSync() : await server.accept();
  await serve(socket);
  socket.close();
}
