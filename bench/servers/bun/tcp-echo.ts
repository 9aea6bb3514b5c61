/** Sends back what comes, with Bun.listen. */
import { announce } from '../announce.js';
import { bun } from './bun.js';

const server = bun.listen({
  hostname: '127.0.0.1',
  port: 0,
  socket: { data: (socket, data) => void socket.write(data) },
});
announce(server.port);
