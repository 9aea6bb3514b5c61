/** Helpers for AF_ALG sockets (the kernel's cryptography). */
import { AF_ALG, SOCK_SEQPACKET, Socket } from 'berkeley';
import { alg } from 'berkeley/options';
import { needsSocket, type Skip } from './kernel.js';

export const needsAlg: Skip = needsSocket('AF_ALG', AF_ALG, SOCK_SEQPACKET);

/** Opens a socket that is bound to an algorithm, with a key. */
export function openAlgorithm(type: string, name: string, key?: Uint8Array): Socket<'alg'> {
  const socket = new Socket(AF_ALG, SOCK_SEQPACKET);
  socket.bind({ type, name });
  if (key !== undefined) socket.setOption(alg.setKey, key);
  return socket;
}

/** Opens a socket for operations, one after the other. */
export function operation(type: string, name: string, key?: Uint8Array): Socket<'alg'> {
  using socket = openAlgorithm(type, name, key);
  return socket.acceptSync().socket;
}
