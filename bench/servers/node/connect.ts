/** Opens the requested number of connections, one after the other, and closes them. */
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { announce } from '../announce.js';

function visit(left: number, port: number): void {
  if (left === 0) return;
  const socket = connect(port, '127.0.0.1', () => {
    socket.destroy();
    visit(left - 1, port);
  });
}

const server = createSocket('udp4', order => {
  const [count, port] = new Int32Array(new Uint8Array(order).buffer);
  visit(count!, port!);
});
server.bind(0, '127.0.0.1', () => announce(server.address().port));
