/** Sends every datagram back, with the package node-unix-socket. */
import type { EventEmitter } from 'node:events';
import { announce } from '../announce.js';
import { requirePackage } from '../packages.js';

/** The part of the package that is used here. */
interface DgramSocket extends EventEmitter {
  bind(path: string): void;
  sendTo(data: Buffer, offset: number, length: number, path: string): void;
}

const { DgramSocket } = requirePackage('node-unix-socket') as { DgramSocket: new () => DgramSocket };
const path = process.argv.at(-1)!;
const socket = new DgramSocket();
socket.on('data', (data: Buffer, sender: string) => socket.sendTo(data, 0, data.length, sender));
socket.bind(path);
announce(path);
