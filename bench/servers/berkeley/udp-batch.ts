/** Receives datagrams, and answers those that begin with '!'. */
import { AF_INET, IPPROTO_UDP, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import { UDP_GRO } from 'berkeley/constants';
import { gro, spaceFor } from 'berkeley/control';
import { announce, chosen } from '../announce.js';

const MARK = '!'.charCodeAt(0);
const COUNT = 64;
/** A datagram of Ethernet fits. */
const SIZE = 2048;
/** The kernel joins as many datagrams as fit into an IP packet. */
const JOINED_SIZE = 65536;

function answerAll(socket: Socket, batch: MessageBatch): void {
  for (let i = 0; i < batch.length; i++) {
    if (batch.data(i)[0] === MARK) socket.sendtoSync('ok', batch.address(i)!);
  }
}

/** Reads every datagram without creating an object for it. */
function answerSegments(socket: Socket, batch: MessageBatch): void {
  for (let i = 0; i < batch.length; i++) {
    const data = batch.data(i);
    const size = batch.segmentSize(i);
    for (let at = 0; at < data.length; at += size) {
      if (data[at] === MARK) socket.sendtoSync('ok', batch.address(i)!);
    }
  }
}

function joined(socket: Socket): MessageBatch {
  socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
  return new MessageBatch({ count: COUNT, size: JOINED_SIZE, controlSize: spaceFor(gro) });
}

/** The way of serving. */
const ways = {
  sync(socket: Socket): void {
    const batch = new MessageBatch({ count: COUNT, size: SIZE });
    for (;;) {
      socket.recvmmsgSync(batch);
      answerAll(socket, batch);
    }
  },
  async promises(socket: Socket): Promise<void> {
    const batch = new MessageBatch({ count: COUNT, size: SIZE });
    for (;;) {
      await socket.recvmmsg(batch);
      answerAll(socket, batch);
    }
  },
  /** What a program does that needs the sender of each datagram. */
  async addresses(socket: Socket): Promise<void> {
    const batch = new MessageBatch({ count: COUNT, size: SIZE });
    for (;;) {
      await socket.recvmmsg(batch);
      for (let i = 0; i < batch.length; i++) {
        const address = batch.address(i)!;
        if (batch.data(i)[0] === MARK) await socket.sendto('ok', address);
      }
    }
  },
  groSync(socket: Socket): void {
    const batch = joined(socket);
    for (;;) {
      socket.recvmmsgSync(batch);
      answerSegments(socket, batch);
    }
  },
  async gro(socket: Socket): Promise<void> {
    const batch = joined(socket);
    for (;;) {
      await socket.recvmmsg(batch);
      answerSegments(socket, batch);
    }
  },
  async segments(socket: Socket): Promise<void> {
    socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
    for (;;) {
      const { segments, address } = await socket.recvSegments();
      for (const data of segments) if (data[0] === MARK) await socket.sendto('ok', address!);
    }
  },
};

const serve = chosen<(socket: Socket) => void | Promise<void>>(ways);
const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.bind({ host: '127.0.0.1', port: 0 });
announce(socket.getsockname().port);
await serve(socket);
