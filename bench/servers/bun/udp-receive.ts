/** Receives datagrams with Bun.udpSocket, and answers those that begin with '!'. */
import { announce } from '../announce.js';
import { bun } from './bun.js';

const MARK = '!'.charCodeAt(0);

const server = await bun.udpSocket({
  hostname: '127.0.0.1',
  port: 0,
  socket: {
    data(socket, data, port, host) {
      if (data[0] === MARK) socket.send('ok', port, host);
    },
  },
});
announce(server.port);
