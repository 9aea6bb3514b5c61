/** A server that gets its listening socket as descriptor 3 (sd_listen_fds(3)). It echoes one connection. */
import { Socket } from 'berkeley';
import { say } from '../parity/echo-job.js';

if (process.env.LISTEN_PID !== String(process.pid) || process.env.LISTEN_FDS !== '1') {
  throw new Error('was not started with one socket');
}

const FIRST = 3;
using listener = Socket.adopt(FIRST);
const { fd, family, type, protocol } = listener;
say({ fd, family, type, protocol, address: listener.getsockname() });

if (process.argv[2] === 'sync') {
  using connection = listener.acceptSync().socket;
  for (let data = connection.recvSync(1024); data.length > 0; data = connection.recvSync(1024)) {
    connection.sendAllSync(data);
  }
} else {
  using connection = (await listener.accept()).socket;
  for await (const data of connection.chunks()) await connection.sendAll(data);
}
