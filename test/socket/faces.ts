/** Gives both faces one interface for messages, so that one test covers both. */
import type {
  Bytes,
  Descriptor,
  Message,
  MessageInput,
  MessageInto,
  ReceivedFds,
  Socket,
  WritableBytes,
} from 'berkeley';
import { SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM } from 'berkeley';
import type { QueuedError } from 'berkeley/control';

export type Name = 'inet' | 'inet6' | 'unix';
export type AnySocket = Socket<Name>;

type ControlOptions = number | { readonly control?: number; readonly flags?: number };

export interface Face {
  readonly name: 'promise' | 'Sync';
  sendmsg(socket: AnySocket, message: MessageInput<Name>, flags?: number): Promise<number>;
  recvmsg(socket: AnySocket, size: number, options?: ControlOptions): Promise<Message<Name>>;
  recvmsgInto(
    socket: AnySocket,
    buffers: WritableBytes[],
    options?: ControlOptions,
  ): Promise<MessageInto<Name>>;
  sendFds(socket: AnySocket, data: Bytes | readonly Bytes[], fds: readonly Descriptor[]): Promise<number>;
  recvFds(socket: AnySocket, size: number, maxFds: number, flags?: number): Promise<ReceivedFds<Name>>;
  recvError(socket: AnySocket): Promise<QueuedError<Name>>;
}

const promiseFace: Face = {
  name: 'promise',
  sendmsg: (socket, message, flags) => socket.sendmsg(message, flags),
  recvmsg: (socket, size, options) => socket.recvmsg(size, options),
  recvmsgInto: (socket, buffers, options) => socket.recvmsgInto(buffers, options),
  sendFds: (socket, data, fds) => socket.sendFds(data, fds),
  recvFds: (socket, size, maxFds, flags) => socket.recvFds(size, maxFds, flags),
  recvError: socket => socket.recvError(),
};

const syncFace: Face = {
  name: 'Sync',
  sendmsg: async (socket, message, flags) => socket.sendmsgSync(message, flags),
  recvmsg: async (socket, size, options) => socket.recvmsgSync(size, options),
  recvmsgInto: async (socket, buffers, options) => socket.recvmsgIntoSync(buffers, options),
  sendFds: async (socket, data, fds) => socket.sendFdsSync(data, fds),
  recvFds: async (socket, size, maxFds, flags) => socket.recvFdsSync(size, maxFds, flags),
  recvError: async socket => socket.recvErrorSync(),
};

export const faces: readonly Face[] = [promiseFace, syncFace];

/** The types of Unix sockets. */
export const types: readonly (readonly [name: string, type: number])[] = [
  ['stream', SOCK_STREAM],
  ['dgram', SOCK_DGRAM],
  ['seqpacket', SOCK_SEQPACKET],
];
