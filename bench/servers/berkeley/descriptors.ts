/** Sends every datagram back to its sender, with the file descriptor that came along. Its second argument is the path. */
import { closeSync } from 'node:fs';
import { AF_UNIX, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

const SIZE = 16;

/** The way of serving. */
const ways = {
  sync(socket: Socket<'unix'>): void {
    for (;;) {
      const { data, fds, address } = socket.recvFdsSync(SIZE, 1);
      socket.sendFdsSync(data, fds, { address: address! });
      for (const fd of fds) closeSync(fd);
    }
  },
  async promises(socket: Socket<'unix'>): Promise<void> {
    for (;;) {
      const { data, fds, address } = await socket.recvFds(SIZE, 1);
      await socket.sendFds(data, fds, { address: address! });
      for (const fd of fds) closeSync(fd);
    }
  },
};

const serve = chosen<(socket: Socket<'unix'>) => void | Promise<void>>(ways);
const path = process.argv[3]!;
const socket = new Socket(AF_UNIX, SOCK_DGRAM);
socket.bind({ path });
announce(path);
await serve(socket);
