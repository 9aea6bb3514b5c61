/** Receives datagrams, and answers those that begin with '!'. */
import { AF_INET, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

const SIZE = 65536;
const MARK = '!'.charCodeAt(0);

/** The way of serving. */
const ways = {
  sync(socket: Socket): void {
    const buffer = new Uint8Array(SIZE);
    for (;;) {
      const { address } = socket.recvfromIntoSync(buffer);
      if (buffer[0] === MARK) socket.sendtoSync('ok', address!);
    }
  },
  async from(socket: Socket): Promise<void> {
    for (;;) {
      const { data, address } = await socket.recvfrom(SIZE);
      if (data[0] === MARK) await socket.sendto('ok', address!);
    }
  },
  async into(socket: Socket): Promise<void> {
    const buffer = new Uint8Array(SIZE);
    for (;;) {
      const { address } = await socket.recvfromInto(buffer);
      if (buffer[0] === MARK) await socket.sendto('ok', address!);
    }
  },
  async datagrams(socket: Socket): Promise<void> {
    for await (const { data, address } of socket.datagrams()) {
      if (data[0] === MARK) await socket.sendto('ok', address!);
    }
  },
};

const serve = chosen<(socket: Socket) => void | Promise<void>>(ways);
const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.bind({ host: '127.0.0.1', port: 0 });
announce(socket.getsockname().port);
await serve(socket);
