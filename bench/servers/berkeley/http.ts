/** Answers HTTP requests with Node's server, over streams of our sockets. */
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'berkeley';
import { tcp } from 'berkeley/options';
import { announce } from '../announce.js';

const http = createHttpServer((_request, response) => response.end('Hello, world'));
const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);
for await (const { socket } of server.connections()) {
  socket.setOption(tcp.nodelay, true); // as node:http does with its own connections
  http.emit('connection', socket.toDuplex({ allowHalfOpen: true }));
}
