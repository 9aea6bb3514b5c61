import { typeLabel } from '../address/labels.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { invalidValue } from '../errors/argument.js';

/** Checks that a socket is a stream socket: a stream can split or join data, which would break message boundaries. */
export function checkStream(socket: { readonly type: number }, method: string): void {
  if (socket.type === SOCK_STREAM) return;
  throw invalidValue('socket', `must be of type SOCK_STREAM for ${method}`, typeLabel(socket.type));
}
