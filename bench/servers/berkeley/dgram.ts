/** The servers of node/, with `berkeley/dgram` in place of `node:dgram`. */
import { endianness } from 'node:os';
import { createSocket, type RemoteInfo } from 'berkeley/dgram';
import { announce, chosen } from '../announce.js';
import { onMessage, type Ping } from '../timer.js';

const MARK = '!'.charCodeAt(0);
const read = (bytes: Buffer, at: number) =>
  endianness() === 'LE' ? bytes.readInt32LE(at) : bytes.readInt32BE(at);

const other = createSocket('udp4');
const ping: Ping = received => {
  other.once('message', received);
  other.send('ping', other.address().port, '127.0.0.1');
};

/** What is done with a datagram. */
const ways = {
  receive(data: Buffer, sender: RemoteInfo): void {
    if (data[0] === MARK) server.send('ok', sender.port, sender.address);
  },
  send(order: Buffer, { address, port }: RemoteInfo): void {
    const data = Buffer.alloc(read(order, 4));
    for (let left = read(order, 0); left > 0; left--) server.send(data, port, address);
  },
  fairness(): void {
    onMessage(ping);
  },
};

const server = createSocket('udp4', chosen<(data: Buffer, sender: RemoteInfo) => void>(ways));
other.bind(0, '127.0.0.1', () => server.bind(0, '127.0.0.1', () => announce(server.address().port)));
