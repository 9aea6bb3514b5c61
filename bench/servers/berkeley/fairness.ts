/** Receives datagrams, and measures the delay of a timer and of another socket meanwhile. */
import { AF_INET, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';
import { onMessage, type Ping } from '../timer.js';

function bound(): Socket {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

const other = bound();
const address = other.getsockname();
const small = new Uint8Array(16);

const ping: Ping = received => {
  other.sendtoSync('ping', address);
  void other.recvInto(small).then(received);
};

/** The way of serving. */
const ways = {
  async into(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(2048);
    for (;;) {
      await socket.recvfromInto(buffer);
      onMessage(ping);
    }
  },
  async datagrams(socket: Socket): Promise<void> {
    for await (const _ of socket.datagrams()) onMessage(ping);
  },
  async batches(socket: Socket): Promise<void> {
    const batch = new MessageBatch({ count: 64, size: 2048 });
    for (;;) {
      await socket.recvmmsg(batch);
      onMessage(ping);
    }
  },
};

const serve = chosen<(socket: Socket) => Promise<void>>(ways);
const socket = bound();
announce(socket.getsockname().port);
await serve(socket);
