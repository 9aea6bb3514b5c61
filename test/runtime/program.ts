/**
 * Every runtime runs this program. It uses the functions of sockets, and prints one line for each that
 * worked.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  AF_INET,
  AF_UNIX,
  createConnection,
  createServer,
  getaddrinfo,
  SHUT_WR,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  Socket,
  socketpair,
} from 'berkeley';
import { listenFds } from 'berkeley/activation';
import dgram from 'berkeley/dgram';
import net from 'berkeley/net';

async function echoOverTcp(): Promise<void> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const serving = (async () => {
    const { socket } = await server.accept();
    using peer = socket;
    for await (const chunk of peer.chunks()) await peer.sendAll(chunk);
  })();
  using client = await createConnection(server.getsockname());
  const data = Buffer.alloc(4 << 20, 'berkeley');
  const sending = client.sendAll(data).then(() => client.shutdown(SHUT_WR));
  const received: Buffer[] = [];
  for await (const chunk of client.chunks()) received.push(chunk);
  await Promise.all([sending, serving]);
  assert.ok(Buffer.concat(received).equals(data));
}

async function manyConnections(): Promise<void> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const serving = (async () => {
    for await (const { socket } of server.connections()) {
      void socket
        .recv(64)
        .then(data => socket.sendAll(data))
        .finally(() => socket.close());
    }
  })();
  const clients = Array.from({ length: 200 }, async (_, i) => {
    using client = await createConnection(server.getsockname());
    await client.sendAll(`client ${i}`);
    assert.equal(String(await client.recv(64)), `client ${i}`);
  });
  await Promise.all(clients);
  server.close();
  await serving;
}

async function datagrams(): Promise<void> {
  using server = new Socket(AF_INET, SOCK_DGRAM);
  using client = new Socket(AF_INET, SOCK_DGRAM);
  server.bind({ host: '127.0.0.1', port: 0 });
  client.bind({ host: '127.0.0.1', port: 0 });
  const waiting = server.recvfrom(100);
  await client.sendto('hello', server.getsockname());
  const { data, address } = await waiting;
  assert.equal(String(data), 'hello');
  assert.deepEqual(address, client.getsockname());
}

async function unixPair(): Promise<void> {
  if (process.platform === 'win32') return; // it does not support pairs of AF_UNIX
  const [a, b] = socketpair(AF_UNIX, SOCK_SEQPACKET);
  const waiting = b.recv(100);
  a.sendSync('one');
  assert.equal(String(await waiting), 'one');
  await a.sendFds('fd', [b]);
  const { fds } = await b.recvFds(10, 1);
  using same = Socket.adopt(fds[0]!);
  assert.equal(same.type, SOCK_SEQPACKET);
  a.close();
  b.close();
}

async function waitsThatEnd(): Promise<void> {
  const [a, b] = socketpair();
  await assert.rejects(a.recv(1, { timeout: 20 }), { name: 'TimeoutError', code: 'ETIMEDOUT' });
  const controller = new AbortController();
  const aborted = a.recv(1, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 5);
  await assert.rejects(aborted, /enough/);
  const closed = a.recv(1);
  setTimeout(() => a.close(), 5);
  await assert.rejects(closed, { code: 'EBADF' });
  b.timeout = 20;
  assert.equal(b.recvSync(1).length, 0);
  b.close();
}

async function refusals(): Promise<void> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const { port } = server.getsockname();
  server.close();
  await assert.rejects(createConnection({ host: '127.0.0.1', port }), { code: 'ECONNREFUSED', port });
  assert.throws(() => new Socket(999 as never), { code: 'ERR_OUT_OF_RANGE' });
}

async function names(): Promise<void> {
  const found = await getaddrinfo('127.0.0.1', 80, { type: 1 });
  assert.deepEqual(found[0]?.address, { family: 'inet', host: '127.0.0.1', port: 80 });
}

async function overNet(): Promise<void> {
  const server = net.createServer(socket => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect((server.address() as { port: number }).port, '127.0.0.1');
  client.end('over berkeley/net');
  const received: Buffer[] = [];
  for await (const chunk of client) received.push(chunk as Buffer);
  assert.equal(String(Buffer.concat(received)), 'over berkeley/net');
  server.close();
  await once(server, 'close');
}

async function overDgram(): Promise<void> {
  const [receiver, sender] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')];
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const arriving = once(receiver, 'message');
  sender.send('over berkeley/dgram', receiver.address().port, '127.0.0.1');
  assert.equal(String((await arriving)[0]), 'over berkeley/dgram');
  sender.close();
  receiver.close();
}

/** No service manager has started this process. */
function services(): void {
  assert.deepEqual(listenFds(), []);
}

const parts = [
  ...[echoOverTcp, manyConnections, datagrams, unixPair, waitsThatEnd, refusals, names],
  ...[overNet, overDgram, services],
];
for (const part of parts) {
  await part();
  console.log(part.name);
}
// An idle socket, and an unref socket on which a call waits. Neither keeps the process alive.
const [idle, unheard] = socketpair();
Object.assign(globalThis, { kept: [idle, unheard] }); // garbage collection warns about open sockets
idle.ref();
void unheard
  .unref()
  .recv(1)
  .catch(() => {});
console.log('done');
