/** The kinds of traffic of a soak. Each step is complete: it closes what it opens, and compares what it receives. */
import assert from 'node:assert/strict';
import * as nodeDgram from 'node:dgram';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import * as nodeNet from 'node:net';
import { text } from 'node:stream/consumers';
import {
  AF_INET,
  AF_UNIX,
  createConnection,
  createServer,
  getaddrinfo,
  isTimeout,
  MessageBatch,
  SHUT_WR,
  SOCK_DGRAM,
  Socket,
  socketpair,
} from 'berkeley';
import { credentials } from 'berkeley/control';
import * as ourDgram from 'berkeley/dgram';
import * as ourNet from 'berkeley/net';
import { so, tcp } from 'berkeley/options';
import { POLLIN, Selector } from 'berkeley/select';

/** The data of a step, at most 64 KiB. */
type Step = (data: Buffer) => Promise<void>;

const LOCAL = { host: '127.0.0.1', port: 0 };

async function readAll(socket: Socket<'inet' | 'inet6' | 'unix'>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of socket.chunks()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function connection(data: Buffer): Promise<void> {
  using server = createServer(LOCAL);
  const connecting = createConnection(server.getsockname());
  const { socket } = await server.accept();
  using near = await connecting;
  using far = socket;
  near.setOption(tcp.nodelay, true);
  const [received] = await Promise.all([readAll(far), near.sendAll(data).then(() => near.shutdown(SHUT_WR))]);
  assert.ok(received.equals(data));
}

async function datagrams(data: Buffer): Promise<void> {
  const short = data.subarray(0, 1200);
  using receiver = new Socket(AF_INET, SOCK_DGRAM);
  using sender = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind(LOCAL);
  await sender.sendto(short, receiver.getsockname());
  const { data: received } = await receiver.recvfrom(2000, { timeout: 60_000 });
  assert.ok(received.equals(short));
  const batch = new MessageBatch({ count: 8, size: 1200 });
  while (batch.length < 8) batch.push(short, receiver.getsockname());
  const sent = await sender.sendmmsg(batch);
  for (let count = 0; count < sent; ) count += await receiver.recvmmsg(batch, { timeout: 60_000 });
}

/** Descriptors and credentials in one message; a received descriptor is used and closed. */
async function rights(): Promise<void> {
  const [a, b] = socketpair();
  using near = a;
  using far = b;
  far.setOption(so.passcred, true);
  const file = openSync('/dev/null', 'r');
  await near.sendFds('x', [file, file]);
  closeSync(file);
  const { fds } = await far.recvFds(1, 2);
  for (const fd of fds) closeSync(fd);
  await near.sendmsg({
    data: 'y',
    control: [credentials({ pid: process.pid, uid: process.getuid!(), gid: process.getgid!() })],
  });
  const { control } = await far.recvmsg(1, { control: 64 });
  assert.equal(credentials.find(control)?.pid, process.pid);
}

/** Calls that end early: a deadline and an abort. */
async function earlyEnds(): Promise<void> {
  const [a, b] = socketpair(AF_UNIX, SOCK_DGRAM);
  using near = a;
  using _far = b;
  await assert.rejects(near.recv(1, { timeout: 1 }), error => isTimeout(error));
  const controller = new AbortController();
  const waiting = near.recv(1, { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
}

async function files(data: Buffer): Promise<void> {
  const [a, b] = socketpair();
  using near = a;
  using far = b;
  const line = `${data.toString('hex', 0, 500)}\n`;
  const file = near.makefile('rw');
  await file.write(line);
  await file.flush();
  await far.sendAll(await far.recv(2000));
  assert.equal(await file.readline(), line);
  await file.close();
}

async function streams(data: Buffer): Promise<void> {
  const [a, b] = socketpair();
  const [near, far] = [a.toDuplex(), b.toDuplex()];
  far.pipe(far);
  near.end(data.toString('base64'));
  assert.equal(await text(near), data.toString('base64'));
}

async function selector(): Promise<void> {
  const [a, b] = socketpair();
  using near = a;
  using far = b;
  using waiting = new Selector<string>();
  waiting.register(near, POLLIN, 'near');
  const ready = waiting.wait();
  await far.send('x');
  assert.equal((await ready)[0]!.data, 'near');
}

async function names(): Promise<void> {
  assert.ok((await getaddrinfo('localhost', 80)).length > 0);
}

/** An echo of a stream server, with the API of node:net. */
function streamEcho(net: typeof nodeNet): Step {
  return async data => {
    const server = net.createServer(socket => socket.pipe(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = net.connect((server.address() as nodeNet.AddressInfo).port, '127.0.0.1');
    client.end(data.toString('base64'));
    assert.equal(await text(client), data.toString('base64'));
    server.close();
    await once(server, 'close');
  };
}

/** An echo of datagrams, with the API of node:dgram. */
function datagramEcho(dgram: typeof nodeDgram): Step {
  return async data => {
    const [one, two] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')];
    two.bind(0, '127.0.0.1');
    await once(two, 'listening');
    two.on('message', (message, { port }) => two.send(message, port, '127.0.0.1'));
    one.send(data.subarray(0, 1200), two.address().port, '127.0.0.1');
    const [message] = (await once(one, 'message')) as [Buffer];
    assert.ok(message.equals(data.subarray(0, 1200)));
    for (const socket of [one, two]) {
      socket.close();
      await once(socket, 'close');
    }
  };
}

export const traffic: Readonly<Record<string, readonly Step[]>> = {
  berkeley: [
    connection,
    datagrams,
    rights,
    earlyEnds,
    files,
    streams,
    selector,
    names,
    streamEcho(ourNet as unknown as typeof nodeNet),
    datagramEcho(ourDgram as unknown as typeof nodeDgram),
  ],
  'berkeley, descriptors in messages': [rights],
  node: [streamEcho(nodeNet), datagramEcho(nodeDgram)],
};
