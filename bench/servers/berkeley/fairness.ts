/** Receives datagrams, and measures the delay of a timer meanwhile. */
import { AF_INET, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';
import { startTimer } from '../timer.js';

/** The way of serving. */
const ways = {
  async into(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(2048);
    for (;;) {
      await socket.recvfromInto(buffer);
      startTimer();
    }
  },
  async datagrams(socket: Socket): Promise<void> {
    for await (const _ of socket.datagrams()) startTimer();
  },
  async batches(socket: Socket): Promise<void> {
    const batch = new MessageBatch({ count: 64, size: 2048 });
    for (;;) {
      await socket.recvmmsg(batch);
      startTimer();
    }
  },
};

const serve = chosen<(socket: Socket) => Promise<void>>(ways);
const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.bind({ host: '127.0.0.1', port: 0 });
announce(socket.getsockname().port);
await serve(socket);
