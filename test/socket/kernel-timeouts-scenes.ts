/**
 * Calls that block until the kernel's timeout. A worker runs this file as a program that plays one of them.
 */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { AF_UNIX, createServer, MSG_WAITALL, Socket, SocketError, socketpair } from 'berkeley';
import { SO_RCVTIMEO, SO_SNDBUF, SO_SNDTIMEO, SOL_SOCKET } from 'berkeley/constants';
import { fill } from '../support/full.js';
import { onWindows } from '../support/local.js';
import { freshName } from '../support/names.js';
import type { AnySocket } from '../support/rows.js';

/** A blocking call. It returns the received data, or fails with `code`. */
interface Scene {
  readonly code: string;
  /** Prepares the call. `limit` sets the timeout option of a socket. */
  prepare(limit: (socket: AnySocket, name: number) => void): () => unknown;
}

/** The sockets of the current scene, which closes them. */
const opened: AnySocket[] = [];

function keep<S>(...sockets: S[]): S[] {
  opened.push(...(sockets as AnySocket[]));
  return sockets;
}

function pair(): [AnySocket, AnySocket] {
  return keep(...socketpair()) as unknown as [AnySocket, AnySocket];
}

function receiving(call: (socket: AnySocket) => unknown, code = 'EAGAIN'): Scene {
  return {
    code,
    prepare(limit) {
      const [a, b] = pair();
      if (code !== 'EAGAIN') b.sendSync(code);
      limit(a, SO_RCVTIMEO);
      return () => call(a);
    },
  };
}

function sending(call: (socket: AnySocket) => unknown): Scene {
  return {
    code: 'EAGAIN',
    prepare(limit) {
      const [a] = pair();
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
      fill(a, () => a.sendSync('x'));
      limit(a, SO_SNDTIMEO);
      return () => call(a);
    },
  };
}

/** AF_UNIX only: a connect call waits while the queue of the listener is full. */
const fullQueue: Scene = {
  code: 'EAGAIN',
  prepare(limit) {
    const address = { abstract: freshName() };
    keep(createServer(address, { backlog: 0 }));
    const [first, second] = keep(new Socket(AF_UNIX), new Socket(AF_UNIX));
    first!.connectSync(address);
    limit(second as unknown as AnySocket, SO_SNDTIMEO);
    return () => second!.connectSync(address);
  },
};

export const scenes: Readonly<Record<string, Scene>> = {
  recvSync: receiving(socket => socket.recvSync(9)),
  recvmsgSync: receiving(socket => socket.recvmsgSync(9)),
  'recvSync with MSG_WAITALL': receiving(socket => socket.recvSync(9, MSG_WAITALL), 'ab'),
  'recvSync where another socket has set the option': {
    code: 'EAGAIN',
    prepare(limit) {
      const [a] = pair();
      const [same] = keep(a.dup());
      limit(same!, SO_RCVTIMEO);
      return () => a.recvSync(9);
    },
  },
  acceptSync: {
    code: 'EAGAIN',
    prepare(limit) {
      const [server] = keep(createServer({ host: '127.0.0.1', port: 0 }));
      limit(server as unknown as AnySocket, SO_RCVTIMEO);
      return () => server!.acceptSync();
    },
  },
  sendSync: sending(socket => socket.sendSync('y')),
  'sendAllSync, of which a part fits': {
    code: 'EAGAIN',
    prepare(limit) {
      const [a] = pair();
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
      limit(a, SO_SNDTIMEO);
      return () => a.sendAllSync(Buffer.alloc(1 << 20));
    },
  },
  ...(!onWindows && { 'connectSync to a full queue': fullQueue }),
  'connectSync to a peer that does not answer': {
    code: 'EINPROGRESS',
    prepare(limit) {
      const [server] = keep(createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 }));
      const address = server!.getsockname();
      for (const filler of keep(new Socket(), new Socket(), new Socket()))
        filler.connectEx(address, { timeout: 0 }).catch(() => {});
      const [socket] = keep(new Socket());
      limit(socket as unknown as AnySocket, SO_SNDTIMEO);
      return () => socket!.connectSync(address);
    },
  },
};

/** Plays a scene. Returns how the call ended, and after how many milliseconds. */
export function play(name: string, limit: number): { readonly code: string; readonly ms: number } {
  const value = new Uint8Array(new BigInt64Array([0n, BigInt(limit) * 1000n]).buffer);
  const call = scenes[name]!.prepare((socket, option) => socket.setsockopt(SOL_SOCKET, option, value));
  const began = performance.now();
  let code: string;
  try {
    code = String(call());
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    code = error.code;
  }
  const ms = performance.now() - began;
  for (const socket of opened.splice(0)) socket.close();
  return { code, ms };
}

if (!isMainThread && workerData?.scene !== undefined) {
  parentPort!.postMessage(play(workerData.scene, workerData.limit));
}
