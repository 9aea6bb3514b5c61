/** Receives datagrams, and measures the delay of a timer and of another socket meanwhile. */
import { createSocket } from 'node:dgram';
import { announce } from '../announce.js';
import { onMessage, type Ping } from '../timer.js';

const other = createSocket('udp4');
const ping: Ping = received => {
  other.once('message', received);
  other.send('ping', other.address().port, '127.0.0.1');
};

const server = createSocket('udp4', () => onMessage(ping));
other.bind(0, '127.0.0.1', () => server.bind(0, '127.0.0.1', () => announce(server.address().port)));
