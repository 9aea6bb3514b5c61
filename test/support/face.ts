/** The promise form and the Sync form of calls behind one interface, so that a test covers both. */
import type { Accepted, Received, ReceivedInto, WritableBytes } from 'berkeley';
import type { AnyAddress, AnySocket, Tested } from './rows.js';

type Data = string | Uint8Array;

/** The options of one call: flags, and a timeout in milliseconds. Without a timeout, the socket's own mode applies. */
export interface CallOptions {
  readonly flags?: number | undefined;
  readonly timeout?: number | undefined;
}

type Limit = Pick<CallOptions, 'timeout'>;
type Options = number | CallOptions;

/** The calls that can wait, in one form. */
export interface Face {
  readonly name: 'promise' | 'Sync';
  accept(socket: AnySocket, options?: Limit): Promise<Accepted<Tested>>;
  connect(socket: AnySocket, address: AnyAddress, options?: Limit): Promise<void>;
  connectEx(socket: AnySocket, address: AnyAddress, options?: Limit): Promise<number>;
  recv(socket: AnySocket, size: number, options?: Options): Promise<Buffer>;
  recvInto(socket: AnySocket, buffer: WritableBytes, options?: Options): Promise<number>;
  recvfrom(socket: AnySocket, size: number, options?: Options): Promise<Received<Tested>>;
  recvfromInto(socket: AnySocket, buffer: WritableBytes, options?: Options): Promise<ReceivedInto<Tested>>;
  send(socket: AnySocket, data: Data, options?: Options): Promise<number>;
  sendAll(socket: AnySocket, data: Data, options?: Options): Promise<void>;
  sendto(socket: AnySocket, data: Data, address: AnyAddress, options?: Options): Promise<number>;
}

export const promiseFace: Face = {
  name: 'promise',
  accept: (socket, options) => socket.accept(options),
  connect: (socket, address, options) => socket.connect(address, options),
  connectEx: (socket, address, options) => socket.connectEx(address, options),
  recv: (socket, size, options) => socket.recv(size, options),
  recvInto: (socket, buffer, options) => socket.recvInto(buffer, options),
  recvfrom: (socket, size, options) => socket.recvfrom(size, options),
  recvfromInto: (socket, buffer, options) => socket.recvfromInto(buffer, options),
  send: (socket, data, options) => socket.send(data, options),
  sendAll: (socket, data, options) => socket.sendAll(data, options),
  sendto: (socket, data, address, options) => socket.sendto(data, address, options),
};

export const syncFace: Face = {
  name: 'Sync',
  accept: async (socket, options) => socket.acceptSync(options),
  connect: async (socket, address, options) => socket.connectSync(address, options),
  connectEx: async (socket, address, options) => socket.connectExSync(address, options),
  recv: async (socket, size, options) => socket.recvSync(size, options),
  recvInto: async (socket, buffer, options) => socket.recvIntoSync(buffer, options),
  recvfrom: async (socket, size, options) => socket.recvfromSync(size, options),
  recvfromInto: async (socket, buffer, options) => socket.recvfromIntoSync(buffer, options),
  send: async (socket, data, options) => socket.sendSync(data, options),
  sendAll: async (socket, data, options) => socket.sendAllSync(data, options),
  sendto: async (socket, data, address, options) => socket.sendtoSync(data, address, options),
};

export const faces: readonly Face[] = [promiseFace, syncFace];
