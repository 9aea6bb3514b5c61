/** Sends and receives messages of 64 bytes within one process, and prints what that allocates. Its second argument is their number. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { chosen } from '../announce.js';
import { type Exchange, printAllocations } from '../heap.js';

const SIZE = 64;

const data = Buffer.alloc(SIZE);

/** Repeats `send` each time that a message is received, until `count` are. */
function repeat(send: () => void): { exchange: Exchange; received(): void } {
  let left = 0;
  let done = (): void => {};
  return {
    exchange: count =>
      new Promise(resolve => {
        left = count;
        done = resolve;
        send();
      }),
    received() {
      if (--left === 0) done();
      else send();
    },
  };
}

/** The way of exchanging messages. */
const ways = {
  async stream(): Promise<Exchange> {
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay();
    const [peer] = (await once(server, 'connection')) as [Socket];
    const { exchange, received } = repeat(() => client.write(data));
    peer.on('data', received);
    return exchange;
  },
  async datagrams(): Promise<Exchange> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port, address } = socket.address();
    const { exchange, received } = repeat(() => socket.send(data, port, address));
    socket.on('message', received);
    return exchange;
  },
};

const prepare = chosen<() => Promise<Exchange>>(ways);
await printAllocations(await prepare(), Number(process.argv[3]));
process.exit();
