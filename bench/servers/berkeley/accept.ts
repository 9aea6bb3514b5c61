/** Accepts connections and closes them. */
import { createServer, type Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

/** The way of accepting. */
const ways = {
  sync(server: Socket): void {
    for (;;) server.acceptSync().socket.close();
  },
  async accept(server: Socket): Promise<void> {
    for (;;) (await server.accept()).socket.close();
  },
  async connections(server: Socket): Promise<void> {
    for await (const { socket } of server.connections()) socket.close();
  },
};

const serve = chosen<(server: Socket) => void | Promise<void>>(ways);
const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);
await serve(server);
