/** Servers under attack: handlers that misbehave, an end at the wrong time, and no free descriptors. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SHUT_WR } from 'berkeley';
import { handleRequests, TCPServer, UDPServer } from 'berkeley/socketserver';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { needsCommand } from '../support/kernel.js';
import { ask, connectTo, deferred, kinds, LIMIT, serving } from './support.js';

await warmUp();

const loopback = { host: '127.0.0.1', port: 0 };
const tcp = kinds[0]!;

describe('a handler', () => {
  for (const kind of kinds) {
    test(`can shut the server down, and close it: ${kind.name}`, async () => {
      let loop: Promise<void> = Promise.resolve();
      const server = new kind.Server(kind.address(), async (request: { data?: Buffer }) => {
        await server.shutdown(); // it waits for the loop, which does not wait for the handler
        await loop;
        assert.equal(server.activeRequests, 1);
        closed = server.serverClose();
        if (request.data === undefined) assert.equal(server.fd, -1);
      });
      let closed: Promise<void> | undefined;
      using client = await connectTo(server, kind);
      await client.send('x');
      loop = server.serveForever();
      await loop;
      while (server.activeRequests > 0) await new Promise(setImmediate);
      await closed;
      assert.equal(server.socket.closed, true);
    });

    test(`that is the only one allowed can shut the server down: ${kind.name}`, async () => {
      const handle = async (): Promise<void> => server.shutdown();
      const server = new kind.Server(kind.address(), handle, { maxRequests: 1 });
      using client = await connectTo(server, kind);
      await client.send('x');
      await server.serveForever();
      await server.serverClose();
    });

    for (const [how, fail] of [
      [
        'throws',
        () => {
          throw new Error('thrown');
        },
      ],
      ['rejects', async () => Promise.reject(new Error('rejected'))],
      ['throws undefined', () => Promise.reject()],
    ] as const) {
      test(`that ${how} ends only its request: ${kind.name}`, async t => {
        const error = t.mock.method(console, 'error', () => {});
        let count = 0;
        const server = new kind.Server(kind.address(), async (request: never, client: never) => {
          if (count++ === 0) return fail();
          if (kind.isStream) await (request as { sendAll(data: string): Promise<void> }).sendAll('fine');
          else
            await (request as { socket: { sendto(...a: unknown[]): unknown } }).socket.sendto('fine', client);
        });
        await serving(server, async () => {
          using client = await connectTo(server, kind);
          await client.send('');
          if (kind.isStream) client.shutdown(SHUT_WR);
          while (error.mock.callCount() === 0) await new Promise(setImmediate);
          assert.equal(await ask(server, kind, ''), 'fine');
        });
        assert.equal(error.mock.callCount(), 1);
        assert.match(String(error.mock.calls[0]!.arguments[0]), /^The request of .* failed:$/);
      });
    }
  }

  test('that never ends is ended by serverClose() with a limit', async () => {
    const before = countDescriptors();
    const seen: unknown[] = [];
    const server = new TCPServer(loopback, async connection => {
      seen.push((await connection.recv(1)).length); // the client sends nothing
      seen.push(await connection.sendAll('x').catch(error => error.code));
    });
    const loop = server.serveForever();
    using client = await connectTo(server as never, tcp);
    while (server.activeRequests === 0) await new Promise(setImmediate);
    await server.serverClose({ timeout: 5 });
    await loop;
    assert.equal((await client.recv(1, { timeout: LIMIT })).length, 0);
    while (server.activeRequests > 0) await new Promise(setImmediate);
    assert.deepEqual(seen, [0, 'EPIPE']);
    client.close();
    assert.equal(countDescriptors(), before);
  });

  test('that waits for something else does not hold up serverClose() with a limit', async () => {
    const server = new UDPServer(loopback, () => new Promise(() => {}));
    const loop = server.serveForever();
    using client = await connectTo(server as never, kinds[1]!);
    await client.send('x');
    while (server.activeRequests === 0) await new Promise(setImmediate);
    await server.serverClose({ timeout: 5 });
    await loop;
    assert.equal(server.fd, -1);
  });
});

test('a client that disconnects before it is accepted does not end the loop', async () => {
  const server = new TCPServer(loopback, async connection => connection.sendAll('fine'));
  for (let i = 0; i < 5; i++) (await connectTo(server as never, tcp)).close();
  await serving(server as never, async () => assert.equal(await ask(server as never, tcp, ''), 'fine'));
});

test('many clients at the same time', async () => {
  const server = new TCPServer(loopback, async connection => {
    for await (const chunk of connection.chunks()) await connection.sendAll(chunk);
  });
  const before = countDescriptors();
  await serving(server as never, async () => {
    const words = Array.from({ length: 200 }, (_, i) => `${i}`);
    assert.deepEqual(await Promise.all(words.map(word => ask(server as never, tcp, word))), words);
  });
  assert.ok(countDescriptors() <= before);
});

test('without free descriptors the server waits, says so once, and recovers', {
  skip: needsCommand('prlimit', 'util-linux'),
}, () => {
  const program = fileURLToPath(new URL('exhausted-program.js', import.meta.url));
  const output = execFileSync(process.execPath, [program], { encoding: 'utf8', timeout: LIMIT });
  assert.equal(output, 'recovered\n');
});

test('the server can be stopped at any moment of a request', async () => {
  const clients = 8;
  for (let moment = 0; moment < 20; moment++) {
    const served: unknown[] = [];
    const server = new TCPServer(loopback, async connection => {
      served.push(connection);
      await connection.sendAll('whole reply');
    });
    const loop = server.serveForever();
    const asking = Array.from({ length: clients }, () =>
      ask(server as never, tcp, '').catch(error => error.code),
    );
    for (let i = 0; i < moment; i++) await new Promise(setImmediate);
    await server.shutdown();
    await server.serverClose();
    await loop;
    // A client gets the whole reply, or is refused or reset: the connections in the backlog end with the socket.
    for (const reply of await Promise.all(asking))
      assert.match(String(reply), /^(whole reply|ECONNRESET|ECONNREFUSED|)$/);
    assert.equal(server.activeRequests, 0);
    assert.ok(served.length <= clients);
  }
});

test('handleRequests() refuses to run in the main thread', () => {
  assert.throws(() => handleRequests(() => {}), { code: 'ERR_INVALID_STATE' });
});

test('an error of a server that has ended does not hide the first, and is printed', async t => {
  const printed = t.mock.method(console, 'error', () => {});
  const first = new Error('first');
  const second = deferred();
  class Failing extends TCPServer {
    count = 0;
    override async handleError(): Promise<void> {
      if (++this.count === 1) throw first;
      second.resolve();
      throw new Error('second');
    }
  }
  const server = new Failing(loopback, async connection => {
    await connection.recv(1);
    throw new Error('handler');
  });
  const clients = [await connectTo(server as never, tcp), await connectTo(server as never, tcp)];
  const loop = assert.rejects(server.serveForever(), first);
  while (server.activeRequests < 2) await new Promise(setImmediate);
  for (const client of clients) client.close();
  await loop;
  await second.promise;
  await server.serverClose();
  assert.equal((printed.mock.calls[0]!.arguments[1] as Error).message, 'second');
});
