/** The two faces of the package behind one shape, so that a behaviour is written once and holds for both. */
import type { Accepted, Received, ReceivedInto, WritableBytes } from 'berkeley';
import type { AnyAddress, AnySocket, Tested } from './rows.js';

type Data = string | Uint8Array;

/** What may wait, in one face. `timeout` is for the one call, in milliseconds; the socket's own mode if it is absent. */
export interface Face {
  readonly name: 'promise' | 'Sync';
  accept(socket: AnySocket, timeout?: number): Promise<Accepted<Tested>>;
  connect(socket: AnySocket, address: AnyAddress, timeout?: number): Promise<void>;
  connectEx(socket: AnySocket, address: AnyAddress, timeout?: number): Promise<number>;
  recv(socket: AnySocket, size: number, flags?: number, timeout?: number): Promise<Buffer>;
  recvInto(socket: AnySocket, buffer: WritableBytes, flags?: number, timeout?: number): Promise<number>;
  recvfrom(socket: AnySocket, size: number, flags?: number, timeout?: number): Promise<Received<Tested>>;
  recvfromInto(
    socket: AnySocket,
    buffer: WritableBytes,
    flags?: number,
    timeout?: number,
  ): Promise<ReceivedInto<Tested>>;
  send(socket: AnySocket, data: Data, flags?: number, timeout?: number): Promise<number>;
  sendAll(socket: AnySocket, data: Data, flags?: number, timeout?: number): Promise<void>;
  sendto(
    socket: AnySocket,
    data: Data,
    flags: number,
    address: AnyAddress,
    timeout?: number,
  ): Promise<number>;
}

export const promiseFace: Face = {
  name: 'promise',
  accept: (socket, timeout) => socket.accept({ timeout }),
  connect: (socket, address, timeout) => socket.connect(address, { timeout }),
  connectEx: (socket, address, timeout) => socket.connectEx(address, { timeout }),
  recv: (socket, size, flags, timeout) => socket.recv(size, flags, { timeout }),
  recvInto: (socket, buffer, flags, timeout) => socket.recvInto(buffer, flags, { timeout }),
  recvfrom: (socket, size, flags, timeout) => socket.recvfrom(size, flags, { timeout }),
  recvfromInto: (socket, buffer, flags, timeout) => socket.recvfromInto(buffer, flags, { timeout }),
  send: (socket, data, flags, timeout) => socket.send(data, flags, { timeout }),
  sendAll: (socket, data, flags, timeout) => socket.sendAll(data, flags, { timeout }),
  sendto: (socket, data, flags, address, timeout) => socket.sendto(data, flags, address, { timeout }),
};

/** Makes the call in the mode that `timeout` says, and puts the socket's own mode back. */
async function within<T>(socket: AnySocket, timeout: number | undefined, call: () => T): Promise<T> {
  if (timeout === undefined) return call();
  const before = socket.timeout;
  socket.timeout = timeout;
  try {
    return call();
  } finally {
    socket.timeout = before;
  }
}

export const syncFace: Face = {
  name: 'Sync',
  accept: (socket, timeout) => within(socket, timeout, () => socket.acceptSync()),
  connect: (socket, address, timeout) => within(socket, timeout, () => socket.connectSync(address)),
  connectEx: (socket, address, timeout) => within(socket, timeout, () => socket.connectExSync(address)),
  recv: (socket, size, flags, timeout) => within(socket, timeout, () => socket.recvSync(size, flags)),
  recvInto: (socket, buffer, flags, timeout) =>
    within(socket, timeout, () => socket.recvIntoSync(buffer, flags)),
  recvfrom: (socket, size, flags, timeout) => within(socket, timeout, () => socket.recvfromSync(size, flags)),
  recvfromInto: (socket, buffer, flags, timeout) =>
    within(socket, timeout, () => socket.recvfromIntoSync(buffer, flags)),
  send: (socket, data, flags, timeout) => within(socket, timeout, () => socket.sendSync(data, flags)),
  sendAll: (socket, data, flags, timeout) => within(socket, timeout, () => socket.sendAllSync(data, flags)),
  sendto: (socket, data, flags, address, timeout) =>
    within(socket, timeout, () => socket.sendtoSync(data, flags, address)),
};

export const faces: readonly Face[] = [promiseFace, syncFace];
