/** A worker that is ended in the middle of an operation. `workerData` is the operation's name; 'busy' is sent when it runs. */
import { once } from 'node:events';
import type * as node from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { AF_INET, createServer, getaddrinfo, MessageBatch, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import * as dgram from 'berkeley/dgram';
import { selectSync } from 'berkeley/select';

const LOCAL = { host: '127.0.0.1', port: 0 };
const data = Buffer.alloc(2 ** 22);

function udp(): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind(LOCAL);
  return socket;
}

/** Sends data from one end to the other without end. */
async function traffic(): Promise<void> {
  const [a, b] = socketpair();
  const sending = (async () => {
    for (;;) await a.sendAll(data);
  })();
  for await (const chunk of b.chunks()) if (chunk.length === 0) break;
  await sending;
}

/** Operations that do not end by themselves. */
export const operations: Readonly<Record<string, () => unknown>> = {
  recv: () => socketpair()[0].recv(1),
  recvSync: () => socketpair()[0].recvSync(1),
  'recvSync with a limit': () => socketpair()[0].recvSync(1, { timeout: 60_000 }),
  accept: () => createServer(LOCAL).accept(),
  acceptSync: () => createServer(LOCAL).acceptSync(),
  sendAll: () => socketpair()[0].sendAll(data),
  sendAllSync: () => socketpair()[0].sendAllSync(data),
  recvmmsg: () => udp().recvmmsg(new MessageBatch({ count: 8, size: 64 })),
  recvmmsgSync: () => udp().recvmmsgSync(new MessageBatch({ count: 8, size: 64 })),
  selectSync: () => selectSync([udp()], [], []),
  getaddrinfo: async () => {
    for (;;) await getaddrinfo('localhost', 1);
  },
  traffic,
  // Received descriptors belong to the caller, which a worker that is ended cannot close. So these are only in flight.
  'descriptors in flight': async () => {
    const [a, b] = socketpair();
    for (;;) {
      await a.sendFds('x', [0, 1, 2]);
      await a.sendFds('y', [0, 1, 2]);
      await b.recv(1);
      await b.recvmsg(1, { control: 16 });
    }
  },
  'a duplex stream': () => {
    const [a, b] = socketpair();
    const stream = a.toDuplex();
    stream.pipe(b.toDuplex()).pipe(stream);
    stream.write(data);
  },
  'a file': () => socketpair()[0].makefile('r').readlineSync(),
  'berkeley/dgram': async () => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address() as node.AddressInfo;
    socket.on('message', () => socket.send('x', port, '127.0.0.1'));
    socket.send('x', port, '127.0.0.1');
  },
};

if (!isMainThread && workerData?.operation) {
  // Sync operations block the thread, so the message is sent before.
  parentPort!.postMessage('busy');
  parentPort!.ref();
  parentPort!.on('message', () => {});
  await operations[workerData.operation]!();
}
