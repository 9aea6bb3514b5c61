/** Uses `berkeley/tls` in all its forms, and prints what happens as JSON. runtimes.test.ts runs it on each runtime. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { AF_INET, createConnection, createServer, SO_DOMAIN, SOL_SOCKET, socketpair } from 'berkeley';
import { connect } from 'berkeley/net';
import { tcp } from 'berkeley/options';
import { type ConnectTlsOptions, connectTls, createTlsServer, type TlsServer } from 'berkeley/tls';
import { binding } from '#src/binding.js';
import { freshPath } from '../support/names.js';
import { ca, client, other, server } from './certificates.js';

const HOST = '127.0.0.1';
const isTcp = (fd: number): boolean => binding.getsockoptInt(fd, SOL_SOCKET, SO_DOMAIN) === AF_INET;
const results: Record<string, unknown> = {};

/** Reads to the end. A loop over the stream would destroy it, and it has to answer. */
async function textOf(stream: Readable): Promise<string> {
  let text = '';
  stream.on('data', data => {
    text += data;
  });
  await once(stream, 'end');
  return text;
}

/** Listens, and answers each connection with its data in upper case, and what is known of it. */
async function listen(options: object = {}, where: object = { port: 0, host: HOST }): Promise<TlsServer> {
  const made = createTlsServer({ ...server, ...options }).listen(where);
  void (async () => {
    for await (const socket of made.connections()) {
      socket.on('error', () => {});
      const known = [socket.remoteAddress, socket.handle?.family, socket.alpnProtocol || 'none'];
      socket.on('data', data => socket.end(`${String(data).toUpperCase()} ${known}`));
      socket.on('end', () => setImmediate(() => socket.writable && socket.end('after the end')));
    }
  })().catch(() => {});
  await once(made, 'listening');
  return made;
}

const portOf = (made: TlsServer): number => (made.address() as { port: number }).port;

/** Sends a text, and returns the answer. */
async function ask(options: ConnectTlsOptions): Promise<unknown[]> {
  const socket = await connectTls({ ca, ...options });
  const known = [socket.remoteAddress, socket.authorized, socket.handle?.family];
  socket.write('hello');
  return [await textOf(socket), ...known];
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'nothing',
    error => error?.code ?? error,
  );
}

const made = await listen({ allowHalfOpen: true, ALPNProtocols: ['x'] });
const to = { host: HOST, port: portOf(made) };
results.tcp = await ask(to);
results.halfOpen = await connectTls({ ...to, ca, allowHalfOpen: true }).then(socket => {
  socket.end();
  return textOf(socket);
});
results.alpn = await ask({ ...to, ALPNProtocols: ['x'] });
results.options = await connectTls({ ...to, ca, options: [[tcp.userTimeout, 4321]] }).then(socket => {
  const value = socket.handle?.getOption(tcp.userTimeout);
  socket.destroy();
  return value;
});
const path = freshPath();
const unix = await listen({ allowHalfOpen: true }, { path });
results.unix = await ask({ path, servername: 'localhost' });
unix.close();
results.socket = await ask({ socket: await createConnection(to), servername: 'localhost' });
results.stream = await ask({ socket: connect(to) as never, servername: 'localhost' });

results.errors = await Promise.all([
  codeOf(connectTls({ host: HOST, port: portOf(made), ca: undefined })),
  codeOf(connectTls({ ...to, ca, servername: 'x.example' })),
  codeOf(connectTls({ host: HOST, port: 1, ca })),
  codeOf(connectTls({ ...to, ca, signal: AbortSignal.abort('enough') })),
]);

const silent = createServer({ host: HOST, port: 0 });
const silentAt = silent.getsockname();
results.timeout = await codeOf(connectTls({ host: HOST, port: silentAt.port, ca, timeout: 100 }));
silent.close();

const strict = await listen({ ca, requestCert: true, allowHalfOpen: true });
results.client = await ask({ host: HOST, port: portOf(strict), ...client });
strict.close();

const named = await listen({ allowHalfOpen: true });
named.addContext('other.example', other);
const toNamed = { host: HOST, port: portOf(named), ca, servername: 'other.example' };
results.sni = await connectTls(toNamed).then(
  socket => {
    const { CN } = socket.getPeerCertificate().subject;
    socket.destroy();
    return CN;
  },
  error => error.code,
);
named.close();

const [a, b] = socketpair();
const [inside, outside] = await Promise.all([
  made.upgrade(a),
  connectTls({ socket: b, ca, servername: 'localhost', allowHalfOpen: true }),
]);
outside.end('pair');
results.upgrade = await textOf(inside);
inside.end();
outside.resume();

/** Handshakes that fail close the connection at the server. */
const impatient = await listen({ handshakeTimeout: 100 });
let failures = 0;
impatient.on('tlsClientError', () => failures++);
for (const text of ['', 'nonsense\r\n\r\n\r\n']) {
  const raw = connect({ host: HOST, port: portOf(impatient) });
  raw.on('error', () => {}).resume();
  if (text !== '') raw.write(text);
  await new Promise(resolve => raw.on('close', resolve));
}
results.failures = failures;
impatient.close();
await new Promise<void>(resolve => void made.close(() => resolve()));
results.closed = [made.listening, made.address()];
results.descriptors = process.platform !== 'linux' || (await areSocketsClosed());

/** Waits until only the descriptors of the runtime and of the poller are left. */
async function areSocketsClosed(): Promise<boolean> {
  for (let i = 0; i < 500; i++) {
    if (openSockets() === 0) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}

/** TCP sockets of this process, without those that it has got from its parent. */
function openSockets(): number {
  const known = new Set([0, 1, 2]);
  return readdirSync('/proc/self/fd').filter(fd => !known.has(Number(fd)) && isTcp(Number(fd))).length;
}

process.stdout.write(JSON.stringify(results), () => process.exit());
