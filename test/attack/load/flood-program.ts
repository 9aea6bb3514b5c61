/**
 * A program that is busy with a flood, and a timer of 1 ms beside it. The arguments are its name and the milliseconds that
 * it measures. The first message is its port (0 if it floods by itself), the second how late the timer was.
 */
import * as dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as node from 'node:net';
import { AF_INET, createServer, MessageBatch, SOCK_DGRAM, Socket } from 'berkeley';
import * as ourDgram from 'berkeley/dgram';
import * as ourNet from 'berkeley/net';

const [, , name, duration] = process.argv;
const LOCAL = { family: 'inet', host: '127.0.0.1', port: 0 } as const;
const SIZE = 64;

/** How often the flood was served. */
let count = 0;

/** Sockets that stay open without being used. */
const kept: object[] = [];

function bound(): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind(LOCAL);
  return socket;
}

/** Runs a loop of calls for ever. */
function receiving(loop: (socket: Socket<'inet'>) => Promise<void>): () => number {
  return () => {
    const socket = bound();
    void loop(socket);
    return socket.getsockname().port;
  };
}

function accepting(loop: (socket: Socket<'inet' | 'inet6'>) => Promise<void>): () => number {
  return () => {
    const server = createServer(LOCAL);
    kept.push(server);
    void server.accept().then(({ socket }) => loop(socket));
    return server.getsockname().port;
  };
}

async function eventsOf(module: typeof dgram): Promise<number> {
  const socket = module.createSocket('udp4');
  socket.on('message', () => count++);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket.address().port;
}

async function streamOf(module: typeof node): Promise<number> {
  const server = module.createServer(connection => connection.on('data', () => count++));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as node.AddressInfo).port;
}

function unread(): number {
  const socket = bound();
  kept.push(socket);
  return socket.getsockname().port;
}

/** Sends without end to a socket that nobody reads. */
function sending(loop: (socket: Socket<'inet'>, port: number) => Promise<void>): () => number {
  return () => {
    void loop(new Socket(AF_INET, SOCK_DGRAM), unread());
    return 0;
  };
}

/** Node.js calls back before any timer, so a program has to give the event loop a turn by itself. */
const PER_TURN = 64;

function sendEvents(module: typeof dgram): number {
  const port = unread();
  const socket = module.createSocket('udp4');
  const data = Buffer.alloc(SIZE);
  const next = (): void => {
    if (++count % PER_TURN === 0) setImmediate(() => socket.send(data, port, '127.0.0.1', next));
    else socket.send(data, port, '127.0.0.1', next);
  };
  next();
  return 0;
}

const programs: Readonly<Record<string, () => number | Promise<number>>> = {
  recvfrom: receiving(async socket => {
    for (; ; count++) await socket.recvfrom(SIZE);
  }),
  recvfromInto: receiving(async socket => {
    const into = Buffer.alloc(SIZE);
    for (; ; count++) await socket.recvfromInto(into);
  }),
  'datagrams()': receiving(async socket => {
    for await (const _ of socket.datagrams()) count++;
  }),
  recvmmsg: receiving(async socket => {
    const batch = new MessageBatch({ count: 64, size: SIZE });
    for (;;) count += await socket.recvmmsg(batch);
  }),
  'recvmmsg of 1024': receiving(async socket => {
    const batch = new MessageBatch({ count: 1024, size: SIZE });
    for (;;) count += await socket.recvmmsg(batch);
  }),
  recvSegments: receiving(async socket => {
    for (; ; count++) await socket.recvSegments();
  }),
  'berkeley/dgram': () => eventsOf(ourDgram as unknown as typeof dgram),
  'node:dgram': () => eventsOf(dgram),
  sendto: sending(async (socket, port) => {
    const data = Buffer.alloc(SIZE);
    for (; ; count++) await socket.sendto(data, { host: '127.0.0.1', port });
  }),
  sendmmsg: sending(async (socket, port) => {
    const batch = new MessageBatch({ count: 64, size: SIZE });
    while (batch.length < 64) batch.push(Buffer.alloc(SIZE), { host: '127.0.0.1', port });
    for (;;) count += await socket.sendmmsg(batch);
  }),
  'node:dgram send': () => sendEvents(dgram),
  recv: accepting(async socket => {
    for (; ; count++) await socket.recv(65_536);
  }),
  'chunks()': accepting(async socket => {
    for await (const _ of socket.chunks()) count++;
  }),
  'berkeley/net': () => streamOf(ourNet as unknown as typeof node),
  'node:net': () => streamOf(node),
};

/**
 * The processor time of this thread in milliseconds: what other processes do on the same processors is not in it. The file
 * alone is updated by the scheduler's timer only, every 1 to 10 ms; getrusage(2) updates it for the calling thread
 * (kernel/sched/cputime.c, thread_group_cputime).
 */
function processorTime(): number {
  process.cpuUsage();
  return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
}

/** The interval of the timer in milliseconds. */
const INTERVAL = 1;

interface Tick {
  /** How late the timer was, in milliseconds. */
  readonly late: number;
  /** The processor time since the last tick, in milliseconds. */
  readonly busy: number;
}

async function ticks(milliseconds: number): Promise<Tick[]> {
  const found: Tick[] = [];
  const end = performance.now() + milliseconds;
  for (let now = performance.now(), cpu = processorTime(); now < end; ) {
    const [due, before] = [now + INTERVAL, cpu];
    await new Promise(resolve => setTimeout(resolve, INTERVAL));
    [now, cpu] = [performance.now(), processorTime()];
    found.push({ late: now - due, busy: cpu - before });
  }
  return found;
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
}

process.send!({ port: await programs[name!]!() });
while (count === 0) await ticks(1);
await ticks(300); // the JIT compiler works on the same processors
const first = count;
const found = await ticks(Number(duration));
const late = found.map(tick => tick.late);
const busy = found.map(tick => tick.busy);
process.send!({
  ticks: found.length,
  late: percentile(late, 0.99),
  delay: Math.max(0, percentile(busy, 0.99) - INTERVAL),
  served: (count - first) / (Number(duration) / 1000),
});
