/** What a server accepts connections from: a socket of its own, or the primary process of a cluster. */
import { readNetAddress } from '../address/net-address.js';
import { acceptAll } from './accepting.js';
import type { AnySocket } from './any-socket.js';

/** A source of connections. */
export interface Listener {
  /** The listening socket; `undefined` if the primary process has it. */
  readonly socket: AnySocket | undefined;
  address(): object | string | null;
  ref(): void;
  unref(): void;
  close(): void;
}

/** What a listener reports. */
export interface ListenerEvents {
  /** Receives a connection, which it owns. */
  onSocket(socket: AnySocket): void;
  onError(error: unknown): void;
}

/** Accepts the connections of a listening socket. */
export function acceptFrom(
  socket: AnySocket,
  path: string | undefined,
  { onSocket, onError }: ListenerEvents,
): Listener {
  void acceptAll(socket, onSocket, onError);
  return {
    socket,
    address: () => path ?? addressOf(socket),
    ref: () => void socket.ref(),
    unref: () => void socket.unref(),
    close: () => socket.close(),
  };
}

function addressOf(socket: AnySocket): object | string {
  const name = readNetAddress(() => socket.getsockname());
  return name.address === undefined ? pathOf(socket.getsockname()) : name;
}

/** Returns the path of a Unix server that was bound elsewhere, or the address of another family. */
function pathOf(address: object): object | string {
  if ('path' in address) return String(address.path);
  if ('abstract' in address) return `\0${Buffer.from(address.abstract as Uint8Array).toString()}`;
  return address;
}
