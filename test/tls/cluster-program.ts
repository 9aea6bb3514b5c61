/**
 * TLS servers in two workers of a cluster, and a client that resumes its session. Prints, as JSON, which worker answered, and
 * whether the session was resumed. cluster.test.ts runs it.
 *
 *   usage: cluster-program.js
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import tls from 'node:tls';
import { createTlsServer } from 'berkeley/tls';
import { ca, server } from './certificates.js';

const WORKERS = 2;
const CONNECTIONS = 4;

/** Connects once; returns the answer, whether the session was resumed, and the session for the next time. */
async function visit(port: number, session: Buffer | undefined) {
  const socket = tls.connect({ port, host: '127.0.0.1', ca, servername: 'localhost', session });
  let next: Buffer | undefined;
  socket.on('session', given => {
    next = given;
  });
  let isResumed = false;
  socket.once('secureConnect', () => {
    isResumed = socket.isSessionReused();
  });
  let worker = '';
  for await (const chunk of socket) worker += chunk;
  return { worker, isResumed, session: next };
}

async function runPrimary(): Promise<void> {
  cluster.schedulingPolicy = cluster.SCHED_RR; // in turn, so that a session meets the other worker
  const ports: number[] = [];
  const complete = new Promise<void>(resolve => {
    cluster.on('message', (_, port: number) => {
      if (ports.push(port) === WORKERS) resolve();
    });
  });
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  await complete;
  const visits: { worker: string; isResumed: boolean }[] = [];
  let session: Buffer | undefined;
  for (let i = 0; i < CONNECTIONS; i++) {
    const { worker, isResumed, session: next } = await visit(ports[0]!, session);
    visits.push({ worker, isResumed });
    session = next ?? session; // a resumed connection needs not bring a new one
  }
  for (const worker of Object.values(cluster.workers ?? {})) worker?.send('stop');
  await Promise.all(Array.from({ length: WORKERS }, () => once(cluster, 'exit')));
  process.stdout.write(JSON.stringify({ ports, visits }));
}

async function runWorker(): Promise<void> {
  const made = createTlsServer(server, socket => void socket.end(String(cluster.worker!.id)));
  made.listen({ port: 0, host: '127.0.0.1' });
  await once(made, 'listening');
  process.send!((made.address() as { port: number }).port);
  process.once('message', () => {
    made.close();
    process.disconnect();
  });
}

await (cluster.isPrimary ? runPrimary() : runWorker());
