/** Opens the requested number of connections, one after the other, and closes them. */
import { AF_INET, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

/** The way of connecting. */
const ways = {
  sync(port: number): void {
    const socket = new Socket(AF_INET, SOCK_STREAM);
    socket.connectSync({ host: '127.0.0.1', port });
    socket.close();
  },
  async promises(port: number): Promise<void> {
    const socket = new Socket(AF_INET, SOCK_STREAM);
    await socket.connect({ host: '127.0.0.1', port });
    socket.close();
  },
};

const visit = chosen<(port: number) => void | Promise<void>>(ways);
const server = new Socket(AF_INET, SOCK_DGRAM);
server.bind({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);
const order = new Int32Array(2);
for (;;) {
  if (visit === ways.sync) server.recvIntoSync(order);
  else await server.recvInto(order);
  for (let i = 0; i < order[0]!; i++) await visit(order[1]!);
}
