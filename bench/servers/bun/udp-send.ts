/** Sends the requested number of datagrams with Bun.udpSocket to the sender of the request. */
import { announce } from '../announce.js';
import { bun } from './bun.js';

const server = await bun.udpSocket({
  hostname: '127.0.0.1',
  port: 0,
  socket: {
    data(socket, order, port, host) {
      const [count, size] = new Int32Array(new Uint8Array(order).buffer);
      const data = new Uint8Array(size!);
      for (let left = count!; left > 0; left--) socket.send(data, port, host);
    },
  },
});
announce(server.port);
