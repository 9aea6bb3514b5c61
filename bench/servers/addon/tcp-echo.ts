/** An echo server for one connection at a time, without anything between JavaScript and the system calls. */
import { createServer, IPPROTO_TCP, TCP_NODELAY } from 'berkeley';
import { announce } from '../announce.js';
import { partsOf } from '../part.js';
import { minimal } from './minimal.js';

const buffer = new Uint8Array(65536);
const part = partsOf(buffer);

function echo(fd: number): void {
  for (;;) {
    const got = minimal.recv(fd, buffer, 0);
    if (got <= 0) return;
    minimal.send(fd, part(got), 0);
  }
}

const server = createServer({ host: '127.0.0.1', port: 0 });
announce(server.getsockname().port);
for (;;) {
  const { socket } = server.acceptSync();
  socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1);
  echo(socket.fd);
  socket.close();
}
