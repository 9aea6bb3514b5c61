/** Sends and receives messages of 64 bytes within one process, and prints what that allocates. Its second argument is their number. */
import { AF_INET, AF_UNIX, MessageBatch, SOCK_DGRAM, SOCK_STREAM, Socket, socketpair } from 'berkeley';
import { chosen } from '../announce.js';
import { type Exchange, printAllocations } from '../heap.js';

const SIZE = 64;
const COUNT = 64;

const data = new Uint8Array(SIZE);

const pair = () => socketpair(AF_UNIX, SOCK_STREAM);

function bound(): Socket {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

/** A batch that is full of messages to an address. */
function fullBatch(socket: Socket): MessageBatch {
  const batch = new MessageBatch({ count: COUNT, size: SIZE });
  const to = socket.getsockname();
  for (let i = 0; i < COUNT; i++) batch.push(data, to);
  return batch;
}

/** The way of exchanging messages. */
const ways: Readonly<Record<string, () => Exchange>> = {
  sync() {
    const [a, b] = pair();
    return async count => {
      for (let i = 0; i < count; i++) {
        a.sendSync(data);
        b.recvIntoSync(data);
      }
    };
  },
  promises() {
    const [a, b] = pair();
    return async count => {
      for (let i = 0; i < count; i++) {
        await a.send(data);
        await b.recvInto(data);
      }
    };
  },
  chunks() {
    const [a, b] = pair();
    const chunks = b.chunks();
    return async count => {
      for (let i = 0; i < count; i++) {
        await a.send(data);
        await chunks.next();
      }
    };
  },
  into() {
    const socket = bound();
    const to = socket.getsockname();
    return async count => {
      for (let i = 0; i < count; i++) {
        await socket.sendto(data, to);
        await socket.recvfromInto(data);
      }
    };
  },
  datagrams() {
    const socket = bound();
    const to = socket.getsockname();
    const datagrams = socket.datagrams();
    return async count => {
      for (let i = 0; i < count; i++) {
        await socket.sendto(data, to);
        await datagrams.next();
      }
    };
  },
  batchesSync() {
    const socket = bound();
    const sent = fullBatch(socket);
    const received = new MessageBatch({ count: COUNT, size: SIZE });
    return async count => {
      for (let left = count; left > 0; left -= COUNT) {
        socket.sendmmsgSync(sent);
        for (let got = 0; got < COUNT; ) got += socket.recvmmsgSync(received);
      }
    };
  },
  batches() {
    const socket = bound();
    const sent = fullBatch(socket);
    const received = new MessageBatch({ count: COUNT, size: SIZE });
    return async count => {
      for (let left = count; left > 0; left -= COUNT) {
        await socket.sendmmsg(sent);
        for (let got = 0; got < COUNT; ) got += await socket.recvmmsg(received);
      }
    };
  },
};

const prepare = chosen<() => Exchange>(ways);
await printAllocations(prepare(), Number(process.argv[3]));
process.exit();
