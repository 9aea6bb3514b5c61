/**
 * Servers in the workers of a cluster. Prints what they and their clients see, as JSON. cluster.test.ts runs it with
 * `node:net` and with `berkeley/net`.
 *
 *   usage: cluster-program.js <module> <scheduling policy> <path>
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import net, { type AddressInfo, type Server } from 'node:net';

const [, , name = 'node:net', policy = 'rr', path = ''] = process.argv;
const WORKERS = 2;
const CLIENTS = 6;

/** What the workers listen on, by a name. */
const places: Readonly<Record<string, object>> = {
  port: { port: 0, host: '127.0.0.1' },
  everywhere: { port: 0 },
  path: { path },
};

/** What the workers report: by place, the address and the number of connections. */
interface Report {
  readonly place: string;
  readonly address?: AddressInfo | string;
  readonly error?: unknown;
}

/** Sends a line to a server, and returns the answer. */
async function ask(to: AddressInfo | string): Promise<string> {
  const socket = typeof to === 'string' ? net.connect(to) : net.connect(to.port, '127.0.0.1');
  socket.end('hello');
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

async function runPrimary(): Promise<void> {
  cluster.schedulingPolicy = policy === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE;
  const reports: Report[] = [];
  const expected = WORKERS * (Object.keys(places).length + 2);
  const complete = new Promise<void>(resolve => {
    cluster.on('message', (_, report: Report) => {
      if (reports.push(report) === expected) resolve();
    });
  });
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  await complete;
  const results: Record<string, unknown> = {};
  for (const place of Object.keys(places)) {
    const addresses = reports.filter(report => report.place === place).map(({ address }) => address!);
    const answers: string[] = [];
    for (let i = 0; i < CLIENTS; i++) answers.push(await ask(addresses[0]!));
    results[place] = {
      isOne: new Set(addresses.map(address => JSON.stringify(address))).size === 1,
      kind: typeof addresses[0] === 'string' ? 'path' : Object.keys(addresses[0]!).sort().join(),
      answers: [...new Set(answers.map(text => text.replace(/\d+$/, '<worker>')))],
      // Round-robin alternates between the workers. Otherwise the kernel chooses.
      workers: policy === 'rr' ? new Set(answers).size : 'any',
    };
  }
  const exclusive = reports.filter(({ place }) => place === 'exclusive').map(({ address }) => address);
  results.exclusivePorts = new Set(exclusive.map(address => (address as AddressInfo).port)).size;
  results.errors = reports.filter(({ error }) => error !== undefined).map(({ error }) => error);
  for (const worker of Object.values(cluster.workers ?? {})) worker?.send('stop');
  await Promise.all(Array.from({ length: WORKERS }, () => once(cluster, 'exit')));
  process.stdout.write(JSON.stringify(results));
}

async function runWorker(): Promise<void> {
  const { createServer } = (await import(name)) as typeof net;
  const servers: Server[] = [];
  const listen = async (place: string, where: object): Promise<void> => {
    const server = createServer({ allowHalfOpen: true }, socket => {
      socket.on('data', data => socket.write(`${data} ${socket.remoteFamily} `));
      socket.on('end', () => socket.end(String(cluster.worker!.id)));
    });
    servers.push(server.listen(where));
    await once(server, 'listening');
    process.send!({ place, address: server.address() });
  };
  for (const [place, where] of Object.entries(places)) await listen(place, where);
  await listen('exclusive', { port: 0, host: '127.0.0.1', exclusive: true });
  const failing = createServer().listen(1, '192.0.2.1'); // an address that this machine does not have
  const [error] = (await once(failing, 'error')) as [NodeJS.ErrnoException];
  const { code, syscall, message } = error;
  process.send!({ place: 'error', error: { code, syscall, message, listening: failing.listening } });
  process.once('message', () => {
    for (const server of servers) server.close();
    process.disconnect();
  });
}

await (cluster.isPrimary ? runPrimary() : runWorker());
