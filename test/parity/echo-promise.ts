/** The echo server and client in the promise face. */
import { randomBytes } from 'node:crypto';
import { SHUT_WR, Socket } from 'berkeley';
import { Digest, type Job, type Name, type Seen, say, terms, toJson } from './echo-job.js';

type Terms = ReturnType<typeof terms>;

async function exchangeAsServer(listener: Socket<Name>, { piece }: Terms): Promise<Seen> {
  const { socket, address } = await listener.accept();
  using connection = socket;
  const received = new Digest();
  for await (const data of connection.chunks({ size: piece })) {
    received.add(data);
    await connection.sendAll(data);
  }
  return { received: received.report(), peer: toJson(address!) };
}

async function answerDatagram(socket: Socket<Name>, { piece }: Terms): Promise<Seen> {
  const { data, address } = await socket.recvfrom(piece);
  await socket.sendto(data, address!);
  return { received: new Digest().add(data).report(), peer: toJson(address!) };
}

export async function serve(job: Job): Promise<Seen[]> {
  const words = terms(job);
  using socket = new Socket(words.family, words.type);
  socket.bind(words.address);
  if (words.connects) socket.listen();
  say({ listening: toJson(socket.getsockname()) });
  const exchange = words.connects ? exchangeAsServer : answerDatagram;
  const seen: Seen[] = [];
  for (const _ of job.sizes) seen.push(await exchange(socket, words));
  return seen;
}

async function exchangeAsClient(payload: Buffer, { family, type, address, piece }: Terms): Promise<Seen> {
  using connection = new Socket(family, type);
  await connection.connect(address);
  const local = toJson(connection.getsockname());
  const received = new Digest();
  const sending = connection.sendAll(payload).then(() => connection.shutdown(SHUT_WR));
  for await (const data of connection.chunks({ size: piece })) received.add(data);
  await sending;
  return { sent: new Digest().add(payload).report(), received: received.report(), local };
}

async function exchangeDatagram(socket: Socket<Name>, payload: Buffer, words: Terms): Promise<Seen> {
  await socket.sendto(payload, words.address);
  const { data } = await socket.recvfrom(words.piece);
  return {
    sent: new Digest().add(payload).report(),
    received: new Digest().add(data).report(),
    local: toJson(socket.getsockname()),
  };
}

export async function ask(job: Job): Promise<Seen[]> {
  const words = terms(job);
  const payload = randomBytes(Math.max(...job.sizes));
  const seen: Seen[] = [];
  using socket = words.connects ? undefined : new Socket(words.family, words.type);
  socket?.bind(words.from);
  for (const size of job.sizes) {
    const part = payload.subarray(0, size);
    seen.push(await (socket ? exchangeDatagram(socket, part, words) : exchangeAsClient(part, words)));
  }
  return seen;
}
