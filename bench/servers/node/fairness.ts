/** Receives datagrams, and measures how late a timer is meanwhile. */
import { createSocket } from 'node:dgram';
import { announce } from '../announce.js';
import { startTimer } from '../timer.js';

const server = createSocket('udp4', startTimer);
server.bind(0, '127.0.0.1', () => announce(server.address().port));
