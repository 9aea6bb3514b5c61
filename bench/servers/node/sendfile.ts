/** Sends a file repeatedly to each connection. Its argument is the file. */
import { createReadStream } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { announce } from '../announce.js';

const path = process.argv.at(-1)!;

function send(socket: Socket): void {
  const file = createReadStream(path);
  file.pipe(socket, { end: false });
  file.once('end', () => send(socket));
  socket.once('close', () => file.destroy());
}

const server = createServer(socket => {
  socket.setMaxListeners(0);
  socket.on('error', () => socket.destroy());
  send(socket);
});
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
