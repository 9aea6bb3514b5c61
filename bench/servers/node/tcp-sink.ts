/** Reads a stream to its end and discards it. */
import { type AddressInfo, createServer } from 'node:net';
import { announce } from '../announce.js';

const server = createServer(socket => {
  socket.on('data', () => {});
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
