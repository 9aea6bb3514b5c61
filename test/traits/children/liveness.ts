/**
 * What keeps a process alive, and what does not. process.test.ts runs this program; each argument selects one
 * case.
 */
import { AF_UNIX, createServer, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { LOCAL, localAddress } from '../../support/local.js';
import { freshName } from '../../support/names.js';

const [a, b] = socketpair();
const server = createServer(localAddress());

function fill(): void {
  a.timeout = 0;
  try {
    for (;;) a.sendSync(Buffer.alloc(4096));
  } catch {
    a.timeout = null;
  }
}

function fullServer(): ReturnType<typeof server.getsockname> {
  const full = createServer(localAddress(), { backlog: 0 });
  new Socket(LOCAL).connectSync(full.getsockname());
  return full.getsockname();
}

const ways: Readonly<Record<string, () => unknown>> = {
  'nothing but open sockets': () => {},
  'a receive': () => a.recv(1),
  'a receive with another that was served': async () => {
    const [first] = [a.recv(1), a.recv(1)];
    await b.send('x');
    await first;
  },
  'a receive, unref': () => {
    a.unref();
    void a.recv(1);
  },
  'a receive, unref later': () => {
    void a.recv(1);
    void a.recv(1);
    a.unref();
  },
  'a receive, unref and ref again': () => {
    void a.unref().recv(1);
    a.ref();
  },
  'a receive, unref, and a receive elsewhere': () => {
    void a.unref().recv(1);
    void b.recv(1);
  },
  'a receive that was aborted': () => {
    a.recv(1, { signal: AbortSignal.timeout(20) }).catch(() => {});
  },
  'a receive whose socket was closed': () => {
    a.recv(1).catch(() => {});
    setTimeout(() => a.close(), 20);
  },
  'a receive with a timeout that passed': () => a.recv(1, { timeout: 20 }).catch(() => {}),
  'a send that pauses, unref': () => {
    const address = { abstract: freshName() };
    const receiver = new Socket(AF_UNIX, SOCK_DGRAM);
    receiver.bind(address);
    const sender = new Socket(AF_UNIX, SOCK_DGRAM).unref();
    for (let i = 0; i < 1000; i++) sender.sendto('x', address, { timeout: 3600_000 }).catch(() => {});
    Object.assign(globalThis, { kept: [receiver, sender] });
  },
  'all receives with timeouts, unref later': () => {
    a.recv(1, { timeout: 3600_000 }).catch(() => {});
    a.recv(1, { timeout: 3600_000 }).catch(() => {});
    setTimeout(() => a.unref(), 20);
  },
  'a receive with a timeout, unref': () => {
    a.unref()
      .recv(1, { timeout: 3600_000 })
      .catch(() => {});
  },
  'a receive that was served': async () => {
    const receiving = a.recv(1);
    await b.send('x');
    await receiving;
  },
  'an accept': () => server.accept(),
  'an accept, unref': () => server.unref().accept(),
  'a loop over connections that was left': async () => {
    await new Socket(LOCAL).connect(server.getsockname());
    for await (const _ of server.connections()) break;
  },
  'a send': () => {
    fill();
    void a.send('x');
  },
  'a send, unref': () => {
    fill();
    void a.unref().send('x');
  },
  'a connect to a full queue': () => new Socket(LOCAL).connect(fullServer()),
  'a connect to a full queue, unref': () => new Socket(LOCAL).unref().connect(fullServer()),
  'calls in all directions and a call of process.exit': () => {
    fill();
    void a.recv(1);
    void a.sendAll(Buffer.alloc(1 << 20));
    void server.accept();
    setTimeout(() => process.exit(0), 20);
  },
};

ways[process.argv[2]!]!();
process.stdout.write('ready\n');
