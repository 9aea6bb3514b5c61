/** Receives datagrams, and answers those that begin with '!'. */
import { createSocket } from 'node:dgram';
import { announce } from '../announce.js';

const MARK = '!'.charCodeAt(0);

const server = createSocket('udp4', (data, sender) => {
  if (data[0] === MARK) server.send('ok', sender.port, sender.address);
});
server.bind(0, '127.0.0.1', () => announce(server.address().port));
