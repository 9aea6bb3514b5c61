/** Sends the requested number of datagrams to the sender of the request. */
import { createSocket } from 'node:dgram';
import { endianness } from 'node:os';
import { announce } from '../announce.js';

const read = (bytes: Buffer, at: number) =>
  endianness() === 'LE' ? bytes.readInt32LE(at) : bytes.readInt32BE(at);

const server = createSocket('udp4', (order, { address, port }) => {
  const data = Buffer.alloc(read(order, 4));
  for (let left = read(order, 0); left > 0; left--) server.send(data, port, address);
});
server.bind(0, '127.0.0.1', () => announce(server.address().port));
