/**
 * The echo server and client in the Sync face. A client receives in a separate thread, because sending
 * blocks.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SHUT_WR, Socket } from 'berkeley';
import { Digest, type Job, type Name, type Report, type Seen, say, terms, toJson } from './echo-job.js';

type Terms = ReturnType<typeof terms>;

function exchangeAsServer(listener: Socket<Name>, { piece }: Terms): Seen {
  const { socket, address } = listener.acceptSync();
  using connection = socket;
  const received = new Digest();
  for (;;) {
    const data = connection.recvSync(piece);
    if (data.length === 0) return { received: received.report(), peer: toJson(address!) };
    received.add(data);
    connection.sendAllSync(data);
  }
}

function answerDatagram(socket: Socket<Name>, { piece }: Terms): Seen {
  const { data, address } = socket.recvfromSync(piece);
  socket.sendtoSync(data, address!);
  return { received: new Digest().add(data).report(), peer: toJson(address!) };
}

export function serve(job: Job): Seen[] {
  const words = terms(job);
  using socket = new Socket(words.family, words.type);
  socket.bind(words.address);
  if (words.connects) socket.listen();
  say({ listening: toJson(socket.getsockname()) });
  const exchange = words.connects ? exchangeAsServer : answerDatagram;
  return job.sizes.map(() => exchange(socket, words));
}

async function exchangeAsClient(reader: Worker, payload: Buffer, words: Terms): Promise<Seen> {
  using connection = new Socket(words.family, words.type);
  connection.connectSync(words.address);
  const local = toJson(connection.getsockname());
  reader.postMessage({ fd: connection.dup().detach(), piece: words.piece });
  connection.sendAllSync(payload);
  connection.shutdown(SHUT_WR);
  const [received] = (await once(reader, 'message')) as [Report];
  return { sent: new Digest().add(payload).report(), received, local };
}

function exchangeDatagram(socket: Socket<Name>, payload: Buffer, words: Terms): Seen {
  const into = Buffer.alloc(words.piece);
  socket.sendtoSync(payload, words.address);
  const { bytesRead } = socket.recvfromIntoSync(into);
  return {
    sent: new Digest().add(payload).report(),
    received: new Digest().add(into.subarray(0, bytesRead)).report(),
    local: toJson(socket.getsockname()),
  };
}

let reader: Worker | undefined;

/** The receiving thread: one for all jobs, started on first use. */
function readerThread(): Worker {
  if (reader === undefined) {
    reader = new Worker(new URL('./echo-sync-reader.js', import.meta.url));
    reader.unref();
  }
  return reader;
}

async function askStreams(job: Job, payload: Buffer): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const size of job.sizes) {
    seen.push(await exchangeAsClient(readerThread(), payload.subarray(0, size), terms(job)));
  }
  return seen;
}

function askDatagrams(job: Job, payload: Buffer): Seen[] {
  const words = terms(job);
  using socket = new Socket(words.family, words.type);
  socket.bind(words.from);
  return job.sizes.map(size => exchangeDatagram(socket, payload.subarray(0, size), words));
}

export async function ask(job: Job): Promise<Seen[]> {
  const payload = randomBytes(Math.max(...job.sizes));
  return terms(job).connects ? askStreams(job, payload) : askDatagrams(job, payload);
}
