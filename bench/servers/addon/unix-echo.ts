/** Sends every datagram back to its sender, without anything between JavaScript and the system calls. */
import { AF_UNIX, SOCK_DGRAM, Socket } from 'berkeley';
import { announce } from '../announce.js';
import { partsOf } from '../part.js';
import { minimal } from './minimal.js';

const buffer = new Uint8Array(65536);
const part = partsOf(buffer);
const path = process.argv.at(-1)!;
const socket = new Socket(AF_UNIX, SOCK_DGRAM);
socket.bind({ path });
announce(path);
const { fd } = socket;
for (;;) minimal.answer(fd, part(minimal.recvfrom(fd, buffer, 0)), 0);
