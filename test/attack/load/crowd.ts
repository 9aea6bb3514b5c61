/** Connections that are all open at the same time: held, echoed, and dropped, half of them by a reset. */
import { setTimeout as delay } from 'node:timers/promises';
import { Socket } from 'berkeley';
import { so } from 'berkeley/options';
import type { Trial } from '../part.js';
import { Process } from './process.js';
import type { ServerName } from './servers.js';
import type { Usage } from './usage.js';

const AT_ONCE = 256;
const contestants: readonly ServerName[] = ['berkeley recv', 'berkeley chunks', 'berkeley/net', 'node:net'];

async function connect(i: number, port: number): Promise<Socket<'inet'>> {
  const client = new Socket();
  // One destination has 28,000 ports; those of earlier contestants may still wait in TIME_WAIT.
  await client.connect({ host: `127.0.0.${1 + (i % 8)}`, port });
  return client;
}

async function connectAll(count: number, port: number): Promise<Socket<'inet'>[]> {
  const clients: Socket<'inet'>[] = [];
  while (clients.length < count) {
    const many = Math.min(AT_ONCE, count - clients.length);
    clients.push(
      ...(await Promise.all(Array.from({ length: many }, (_, k) => connect(clients.length + k, port)))),
    );
  }
  return clients;
}

async function echo(client: Socket<'inet'>, text: string): Promise<boolean> {
  await client.sendAll(text);
  let answer = '';
  while (answer.length < text.length) {
    const data = await client.recv(text.length - answer.length, { timeout: 60_000 });
    if (data.length === 0) return false;
    answer += data;
  }
  return answer === text;
}

/** Returns how many connections did not give back their own text. */
async function echoAll(clients: readonly Socket<'inet'>[], round: string): Promise<number> {
  const outcomes = await Promise.all(clients.map((client, i) => echo(client, `${round} of client ${i};`)));
  return outcomes.filter(isRight => !isRight).length;
}

function drop(clients: readonly Socket<'inet'>[]): void {
  for (const [i, client] of clients.entries()) {
    if (i % 2 === 1) client.setOption(so.linger, { seconds: 0 });
    client.close();
  }
}

/** Waits until the server has closed its side of every connection. */
async function emptied(server: Process, empty: number): Promise<Usage> {
  let used = await server.usage();
  for (let i = 0; i < 100 && used.descriptors > empty; i++) {
    await delay(100);
    used = await server.usage();
  }
  return used;
}

async function hold(trial: Trial, name: ServerName, count: number): Promise<void> {
  using server = new Process('server-program', [name]);
  const { port } = await server.hear<{ port: number }>();
  const { descriptors } = await server.usage();
  drop(await connectAll(AT_ONCE, port)); // the server's code is compiled, and its first memory allocated
  const before = await emptied(server, descriptors);
  const start = performance.now();
  const clients = await connectAll(count, port);
  const wrong = await echoAll(clients, 'first');
  const held = await server.usage();
  const more = await echoAll(clients, 'second');
  const seconds = (performance.now() - start) / 1000;
  drop(clients);
  const after = await emptied(server, before.descriptors);
  trial.expect(wrong + more === 0, `${name}: ${wrong + more} echoes were wrong`);
  trial.expect(held.descriptors - before.descriptors === count, `${name} did not hold ${count} connections`);
  trial.expect(
    after.descriptors === before.descriptors,
    `${name}: ${after.descriptors - before.descriptors} left`,
  );
  trial.compare(name, 'connections held', held.descriptors - before.descriptors);
  trial.compare(name, 'opened and echoed twice', seconds, 's');
  trial.compare(name, 'resident per connection', (held.rss - before.rss) / count / 1024, 'KiB');
  trial.compare(name, 'heap per connection', (held.heap - before.heap) / count / 1024, 'KiB');
  trial.compare(name, 'heap kept afterwards', (after.heap - before.heap) / 1024, 'KiB');
}

export async function crowd(trial: Trial): Promise<void> {
  const count = trial.amount(500, 10_000);
  const names = trial.size === 'short' ? contestants.slice(0, 1) : contestants;
  for (const name of names) await hold(trial, name, count);
}
