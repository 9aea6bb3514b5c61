/** Calls that block until the kernel's limit, and in a worker the program that plays one of them. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { AF_UNIX, createServer, MSG_WAITALL, Socket, SocketError, socketpair } from 'berkeley';
import { SO_RCVTIMEO, SO_SNDBUF, SO_SNDTIMEO, SOL_SOCKET } from 'berkeley/constants';
import { fill } from '../support/full.js';
import { freshName } from '../support/names.js';
import type { AnySocket } from '../support/rows.js';

/** A call that blocks: it returns what it has received, or fails with `code`. */
interface Scene {
  readonly code: string;
  /** Prepares the call. `limit` sets the option of a socket. */
  prepare(limit: (socket: AnySocket, name: number) => void): () => unknown;
}

function any(socket: unknown): AnySocket {
  return socket as AnySocket;
}

function receiving(call: (socket: AnySocket) => unknown, code = 'EAGAIN'): Scene {
  return {
    code,
    prepare(limit) {
      const [a, b] = socketpair();
      b.sendSync('ab');
      if (code === 'EAGAIN') a.recvSync(2);
      limit(any(a), SO_RCVTIMEO);
      return () => {
        const result = call(any(a));
        b.close();
        return result;
      };
    },
  };
}

function sending(call: (socket: AnySocket) => unknown): Scene {
  return {
    code: 'EAGAIN',
    prepare(limit) {
      const [a, b] = socketpair();
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
      fill(any(a), () => a.sendSync('x'));
      limit(any(a), SO_SNDTIMEO);
      return () => {
        call(any(a));
        b.close();
      };
    },
  };
}

export const scenes: Readonly<Record<string, Scene>> = {
  recvSync: receiving(socket => socket.recvSync(9)),
  recvmsgSync: receiving(socket => socket.recvmsgSync(9)),
  'recvSync with MSG_WAITALL': receiving(socket => String(socket.recvSync(9, MSG_WAITALL)), 'ab'),
  'recvSync where another socket has set the option': {
    code: 'EAGAIN',
    prepare(limit) {
      const [a, b] = socketpair();
      const same = a.dup();
      limit(any(same), SO_RCVTIMEO);
      return () => [a.recvSync(9), b.close(), same.close()];
    },
  },
  acceptSync: {
    code: 'EAGAIN',
    prepare(limit) {
      const server = createServer({ host: '127.0.0.1', port: 0 });
      limit(any(server), SO_RCVTIMEO);
      return () => server.acceptSync();
    },
  },
  sendSync: sending(socket => socket.sendSync('y')),
  sendAllSync: {
    code: 'EAGAIN',
    prepare(limit) {
      const [a, b] = socketpair();
      a.setsockopt(SOL_SOCKET, SO_SNDBUF, 8192);
      limit(any(a), SO_SNDTIMEO);
      return () => [a.sendAllSync(Buffer.alloc(1 << 20)), b.close()];
    },
  },
  'connectSync to a full queue': {
    code: 'EAGAIN',
    prepare(limit) {
      const address = { abstract: freshName() };
      const server = createServer(address, { backlog: 0 });
      const first = new Socket(AF_UNIX);
      first.connectSync(address);
      const second = new Socket(AF_UNIX);
      limit(any(second), SO_SNDTIMEO);
      return () => [second.connectSync(address), first.close(), server.close()];
    },
  },
  'connectSync to a peer that does not answer': {
    code: 'EINPROGRESS',
    prepare(limit) {
      const server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 });
      const address = server.getsockname();
      const fillers = Array.from({ length: 3 }, () => new Socket());
      for (const filler of fillers) filler.connect(address).catch(() => {});
      const socket = new Socket();
      limit(any(socket), SO_SNDTIMEO);
      return () => [socket.connectSync(address), fillers.map(each => each.close()), server.close()];
    },
  },
};

/** Plays a scene: how the call ended, and after how many milliseconds. */
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
  return { code, ms: performance.now() - began };
}

if (!isMainThread && workerData?.scene !== undefined) {
  parentPort!.postMessage(play(workerData.scene, workerData.limit));
}
