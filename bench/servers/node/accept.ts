/** Accepts connections and closes them. */
import { type AddressInfo, createServer } from 'node:net';
import { announce } from '../announce.js';

const server = createServer(socket => socket.destroy());
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
