/** Sends every datagram back, with the package unix-dgram. */
import { announce } from '../announce.js';
import { requirePackage } from '../packages.js';

/** The part of the package that is used here. It has no types. */
interface UnixDgram {
  createSocket(type: 'unix_dgram', listener: (data: Buffer, sender: { path: string }) => void): Socket;
}

interface Socket {
  bind(path: string): void;
  send(data: Buffer, offset: number, length: number, path: string): void;
}

const { createSocket } = requirePackage('unix-dgram') as UnixDgram;
const path = process.argv.at(-1)!;
const socket = createSocket('unix_dgram', (data, sender) => socket.send(data, 0, data.length, sender.path));
socket.bind(path);
announce(path);
