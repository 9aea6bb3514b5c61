/** `Buffer` is known even in a project whose configuration names no types. Otherwise it would be `any`. */
import type { Socket } from 'berkeley';

export async function received(socket: Socket): Promise<number> {
  // @ts-expect-error a Buffer is not a number
  return socket.recv(1);
}
