import type { Socket } from '../socket/socket.js';

// biome-ignore lint/suspicious/noExplicitAny: this entry point works with stream sockets of every family
export type AnySocket = Socket<any>;
