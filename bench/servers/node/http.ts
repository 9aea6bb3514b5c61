/** Answers HTTP requests. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../announce.js';

const server = createServer((_request, response) => response.end('Hello, world'));
server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
