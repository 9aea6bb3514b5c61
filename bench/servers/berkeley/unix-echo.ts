/** Sends every datagram back to its sender. Its second argument is the path to bind to. */
import { AF_UNIX, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';
import { partsOf } from '../part.js';

const SIZE = 65536;

/**
 * The way of serving. A sender with a path or an abstract name can be answered; one without a name has no
 * address.
 */
const ways = {
  sync(socket: Socket<'unix'>): void {
    const buffer = new Uint8Array(SIZE);
    const part = partsOf(buffer);
    for (;;) {
      const { bytesRead, address } = socket.recvfromIntoSync(buffer);
      socket.sendtoSync(part(bytesRead), address!);
    }
  },
  async into(socket: Socket<'unix'>): Promise<void> {
    const buffer = new Uint8Array(SIZE);
    const part = partsOf(buffer);
    for (;;) {
      const { bytesRead, address } = await socket.recvfromInto(buffer);
      await socket.sendto(part(bytesRead), address!);
    }
  },
};

const serve = chosen<(socket: Socket<'unix'>) => void | Promise<void>>(ways);
const path = process.argv[3]!;
const socket = new Socket(AF_UNIX, SOCK_DGRAM);
socket.bind({ path });
announce(path);
await serve(socket);
