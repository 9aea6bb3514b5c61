/**
 * Sends the requested number of datagrams to the sender of the request. The request is received as in C in all ways: it is
 * not what is measured.
 */
import { type AddressOf, AF_INET, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import { announce, chosen } from '../announce.js';

const COUNT = 64;
const SIZE = 65536;

type To = AddressOf<'inet'>;
type Send = (socket: Socket, count: number, size: number, to: To) => void | Promise<void>;

const data = new Uint8Array(SIZE);
const batch = new MessageBatch({ count: COUNT, size: 2048 });

/** Fills the batch with the next datagrams, as a program does whose datagrams differ. */
function fill(left: number, size: number, to: To): number {
  const bytes = data.subarray(0, size);
  const count = Math.min(left, COUNT);
  batch.clear();
  for (let i = 0; i < count; i++) batch.push(bytes, to);
  return count;
}

/** The way of sending. */
const ways = {
  sendtoSync(socket: Socket, count: number, size: number, to: To): void {
    const bytes = data.subarray(0, size);
    for (let i = 0; i < count; i++) socket.sendtoSync(bytes, to);
  },
  async sendto(socket: Socket, count: number, size: number, to: To): Promise<void> {
    const bytes = data.subarray(0, size);
    for (let i = 0; i < count; i++) await socket.sendto(bytes, to);
  },
  sendmmsgSync(socket: Socket, count: number, size: number, to: To): void {
    for (let left = count; left > 0; left -= COUNT) {
      fill(left, size, to);
      socket.sendmmsgSync(batch);
    }
  },
  async sendmmsg(socket: Socket, count: number, size: number, to: To): Promise<void> {
    for (let left = count; left > 0; left -= COUNT) {
      fill(left, size, to);
      await socket.sendmmsg(batch);
    }
  },
  segmentsSync(socket: Socket, count: number, size: number, to: To): void {
    socket.sendSegmentsSync(data.subarray(0, count * size), size, { address: to });
  },
  async segments(socket: Socket, count: number, size: number, to: To): Promise<void> {
    await socket.sendSegments(data.subarray(0, count * size), size, { address: to });
  },
};

const send = chosen<Send>(ways);
const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.bind({ host: '127.0.0.1', port: 0 });
announce(socket.getsockname().port);
const order = new Int32Array(2);
for (;;) {
  const { address } = socket.recvfromIntoSync(order);
  await send(socket, order[0]!, order[1]!, address!);
}
