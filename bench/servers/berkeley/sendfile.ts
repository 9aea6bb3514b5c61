/** Sends a file repeatedly, to one connection at a time. Its second argument is the file. */
import { openSync } from 'node:fs';
import { createServer, type Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

const file = openSync(process.argv[3]!, 'r');

/** The way of sending. */
const ways = {
  sync(socket: Socket): void {
    for (;;) socket.sendfileSync(file);
  },
  async promises(socket: Socket): Promise<void> {
    for (;;) await socket.sendfile(file);
  },
};

const send = chosen<(socket: Socket) => void | Promise<void>>(ways);
const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);
for (;;) {
  const { socket } = send === ways.sync ? server.acceptSync() : await server.accept();
  try {
    await send(socket);
  } catch {
    // The client has received enough and has closed the connection.
  } finally {
    socket.close();
  }
}
