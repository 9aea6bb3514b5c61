import type { Socket } from '../socket/socket.js';

/** A stream socket of `berkeley`, of any family. */
// biome-ignore lint/suspicious/noExplicitAny: this entry point works with stream sockets of every family
export type AnySocket = Socket<any>;
