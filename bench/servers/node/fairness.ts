/** Receives datagrams, and measures the delay of a timer meanwhile. */
import { createSocket } from 'node:dgram';
import { announce } from '../announce.js';
import { startTimer } from '../timer.js';

const server = createSocket('udp4', startTimer);
server.bind(0, '127.0.0.1', () => announce(server.address().port));
