/** Two workers of a cluster bind one port, and print what they are bound to. Run by cluster.test.ts. */
import cluster from 'node:cluster';
import { createSocket } from 'berkeley/dgram';

const WORKERS = 2;

function runPrimary(): void {
  const ports: number[] = [];
  let received = 0;
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  const client = createSocket('udp4');
  cluster.on('message', (_, message: { port?: number; got?: string }) => {
    if (message.port !== undefined) ports.push(message.port);
    if (message.got !== undefined) received++;
    if (message.port !== undefined && ports.length === WORKERS)
      for (let i = 0; i < 20; i++) client.send(String(i), ports[0], '127.0.0.1');
    if (received < 20) return;
    console.log(JSON.stringify({ isOnePort: new Set(ports).size === 1, received }));
    client.close();
    for (const worker of Object.values(cluster.workers ?? {})) worker?.disconnect();
  });
}

function runWorker(): void {
  const socket = createSocket('udp4', message => process.send!({ got: String(message) }));
  socket.bind(0, '127.0.0.1', () => process.send!({ port: socket.address().port }));
  process.on('disconnect', () => process.exit());
}

if (cluster.isPrimary) runPrimary();
else runWorker();
