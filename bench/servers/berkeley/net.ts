/** The servers of node/, with `berkeley/net` in place of `node:net`. */
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Socket as NodeSocket } from 'node:net';
import { createServer, type Socket } from 'berkeley/net';
import { announce, chosen } from '../announce.js';

const http = createHttpServer((_request, response) => response.end('Hello, world'));

/** The way of serving a connection. */
const ways = {
  echo(socket: Socket): void {
    socket.on('data', chunk => socket.write(chunk));
  },
  sink(socket: Socket): void {
    socket.on('data', () => {});
  },
  accept(socket: Socket): void {
    socket.destroy();
  },
  http(socket: Socket): void {
    http.emit('connection', socket as unknown as NodeSocket);
  },
};

const serve = chosen<(socket: Socket) => void>(ways);
// node:http allows half-open connections on its own server, too.
const options = { noDelay: serve !== ways.sink, allowHalfOpen: serve === ways.http };
const server = createServer(options, socket => {
  socket.on('error', () => socket.destroy());
  serve(socket);
});
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
