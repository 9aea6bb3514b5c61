/**
 * A thread that blocks in a Sync call, or a process that starts such a thread and exits.
 * blocked-threads.test.ts runs this program.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { AF_INET, createServer, MSG_WAITALL, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { LOCAL, localAddress } from '../../support/local.js';

const calls: Readonly<Record<string, () => () => unknown>> = {
  recvSync: () => {
    const [a, b] = socketpair();
    return () => [a.recvSync(1), b];
  },
  'recvSync with MSG_WAITALL': () => {
    const [a, b] = socketpair();
    b.sendSync('some');
    return () => a.recvSync(100, MSG_WAITALL);
  },
  acceptSync: () => {
    const server = createServer({ host: '127.0.0.1', port: 0 });
    return () => server.acceptSync();
  },
  sendAllSync: () => {
    const [a, b] = socketpair();
    return () => [a.sendAllSync(Buffer.alloc(1 << 22)), b];
  },
  connectSync: () => {
    const server = createServer(localAddress(), { backlog: 0 });
    new Socket(LOCAL).connectSync(server.getsockname());
    return () => new Socket(LOCAL).connectSync(server.getsockname());
  },
  recvErrorSync: () => {
    const socket = new Socket(AF_INET, SOCK_DGRAM);
    return () => socket.recvErrorSync();
  },
};

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { call: process.argv[2] } });
  worker.once('message', () => setTimeout(() => process.exit(0), 50));
} else if (workerData?.call !== undefined) {
  const call = calls[workerData.call as string]!();
  parentPort!.postMessage('blocks now');
  call();
}
