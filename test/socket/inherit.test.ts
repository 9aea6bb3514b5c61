/**
 * Sockets that a process inherits from another: a Python child inherits ours, and we inherit those of a
 * Python parent.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  AF_INET,
  AF_UNIX,
  createConnection,
  createServer,
  IPPROTO_TCP,
  SHUT_WR,
  SOCK_STREAM,
  Socket,
  socketpair,
} from 'berkeley';
import { Program } from '../support/program.js';
import { besideSource, python, withoutPython } from '../support/python.js';

const inherited = besideSource('inherited.py', import.meta.url);
const activator = besideSource('activator.py', import.meta.url);
const activated = fileURLToPath(new URL('activated.js', import.meta.url));
const EBADF = 9;

const folder = mkdtempSync(join(tmpdir(), 'berkeley-inherit-'));
after(() => rmSync(folder, { recursive: true }));

interface Got {
  readonly family?: string;
  readonly type?: string;
  readonly blocking?: boolean;
  readonly errno?: number;
}

/** Sends text to an echo server, and reads the answer up to the end. */
async function echo(socket: Socket<'inet' | 'inet6' | 'unix'>, text: string): Promise<string> {
  await socket.sendAll(text);
  socket.shutdown(SHUT_WR);
  const pieces: Buffer[] = [];
  for await (const piece of socket.chunks()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('a Python child inherits our listening socket', { skip: withoutPython }, () => {
  /** Starts the child, connects to the inherited socket, and checks the echo. */
  async function serveIn(child: Program, port: number): Promise<Got> {
    const got = await child.hear<Got>();
    using client = await createConnection({ host: '127.0.0.1', port });
    assert.equal(await echo(client, 'Hello, child'), 'Hello, child');
    await child.end();
    return got;
  }

  const listening = { family: 'AF_INET', type: 'SOCK_STREAM', blocking: true };

  test('by its position in the stdio array', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    using child = new Program('the child', [python, inherited, '3'], {
      stdio: ['pipe', 'pipe', 'pipe', server.fd],
    });
    assert.deepEqual(await serveIn(child, server.getsockname().port), listening);
    assert.equal(server.getInheritable(), false);
  });

  test('by its number, once it is inheritable', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    server.setInheritable(true);
    using child = new Program('the child', [python, inherited, String(server.fd)]);
    assert.deepEqual(await serveIn(child, server.getsockname().port), listening);
  });

  test('not by default', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    using child = new Program('the child', [python, inherited, String(server.fd)]);
    assert.deepEqual(await child.hear(), { errno: EBADF });
    await child.end();
  });

  test('after promises have waited on it: detach() returns a blocking descriptor', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    const accepting = server.accept();
    using _client = await createConnection({ host: '127.0.0.1', port });
    (await accepting).socket.close();

    using raw = Socket.adopt(server.detach());
    using child = new Program('the child', [python, inherited, '3'], {
      stdio: ['pipe', 'pipe', 'pipe', raw.fd],
    });
    assert.deepEqual(await serveIn(child, port), listening);
  });

  test('while this process keeps accepting from it', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    using child = new Program('the child', [python, inherited, '3'], {
      stdio: ['pipe', 'pipe', 'pipe', server.fd],
    });
    assert.deepEqual(await serveIn(child, port), listening);
    const accepting = server.accept();
    using client = await createConnection({ host: '127.0.0.1', port });
    using connection = (await accepting).socket;
    await connection.sendAll('still here');
    assert.equal((await client.recv(1024)).toString(), 'still here');
  });
});

test('a Python child uses one end of a pair as standard input and output', {
  skip: withoutPython,
}, async () => {
  const [mine, theirs] = socketpair();
  using child = new Program('the child', [python, '-c', 'print(input()[::-1])'], {
    stdio: [theirs.fd, theirs.fd, 'pipe'],
  });
  theirs.close();
  using socket = mine;
  await socket.sendAll('Hello, pair\n');
  // Reads until the child ends, because an unbuffered Python writes the line and its line end separately.
  let said = '';
  for await (const chunk of socket.chunks()) said += chunk;
  assert.equal(said, 'riap ,olleH\n');
  await child.end();
});

describe('we inherit the listening socket of a Python parent', { skip: withoutPython }, () => {
  for (const face of ['promise', 'sync'] as const) {
    for (const blocking of [true, false]) {
      for (const name of ['inet', 'unix'] as const) {
        test(`${name}, ${blocking ? 'blocking' : 'non-blocking'}, ${face} calls`, async () => {
          const path = join(folder, `${face}-${blocking}.sock`);
          const address = name === 'unix' ? path : ['127.0.0.1', 0];
          const job = { command: [process.execPath, activated, face], address, blocking };
          using parent = new Program('the parent', [python, activator, JSON.stringify(job)]);
          const { address: bound, ...got } = await parent.hear<{
            address: { path?: string; host?: string };
          }>();
          const [family, protocol] = name === 'unix' ? [AF_UNIX, 0] : [AF_INET, IPPROTO_TCP];
          assert.deepEqual(got, { fd: 3, family, type: SOCK_STREAM, protocol });
          assert.equal(bound.path ?? bound.host, name === 'unix' ? path : '127.0.0.1');
          assert.deepEqual(await parent.hear(), { received: 'Hello, activated', status: 0 });
          await parent.end();
        });
      }
    }
  }
});
