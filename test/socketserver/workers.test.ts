/** Handlers in threads: they get their own descriptor of each request, and can die. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { threadId } from 'node:worker_threads';
import { TCPServer } from 'berkeley/socketserver';
import { countDescriptors } from '../support/descriptors.js';
import { ask, connectTo, deferred, kinds, LIMIT, serving } from './support.js';

const upper = new URL('upper.js', import.meta.url);
const tcp = kinds[0]!;

/** A server that collects the errors of its handlers. */
class Collecting extends TCPServer {
  readonly failures: Error[] = [];
  failed = deferred<Error>();

  override handleError(error: unknown): void {
    this.failures.push(error as Error);
    this.failed.resolve(error as Error);
    this.failed = deferred<Error>();
  }
}

describe('a server with threads', () => {
  for (const kind of kinds) {
    test(`handles requests, and is shut down by a handler: ${kind.name}`, async () => {
      const server = new kind.Server(kind.address(), upper, { workers: 1 });
      const loop = server.serveForever();
      const { family } = server.serverAddress;
      assert.equal(await ask(server, kind, 'hello'), 'HELLO');
      assert.notEqual(Number(await ask(server, kind, 'thread')), threadId);
      const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
      const replies = await Promise.all(words.map(word => ask(server, kind, word)));
      assert.deepEqual(
        replies,
        words.map(word => word.toUpperCase()),
      );
      assert.equal(await ask(server, kind, 'shutdown'), `shut down ${family}`);
      await loop;
      await server.serverClose();
    });
  }

  test('uses a thread that is idle, and starts no more than allowed', async () => {
    const server = new Collecting({ host: '127.0.0.1', port: 0 }, upper, { workers: 2 });
    const loop = server.serveForever();
    const threads = new Set<string>();
    for (let i = 0; i < 5; i++) {
      threads.add(await ask(server as never, tcp, 'thread'));
      while (server.activeRequests > 0) await new Promise(setImmediate); // the thread reports it after the reply
    }
    assert.equal(threads.size, 1);
    using first = await connectTo(server as never, tcp);
    await first.sendAll('wait\n');
    assert.equal(String(await first.recv(100, { timeout: LIMIT })), 'waiting');
    threads.add(await ask(server as never, tcp, 'thread'));
    using second = await connectTo(server as never, tcp);
    await second.sendAll('wait\n');
    assert.equal(String(await second.recv(100, { timeout: LIMIT })), 'waiting');
    for (let i = 0; i < 5; i++) threads.add(await ask(server as never, tcp, 'thread'));
    assert.equal(threads.size, 2);
    await server.shutdown();
    await loop;
    await server.serverClose({ timeout: 1 }); // two requests never end
    assert.deepEqual(
      [await first.recv(1, { timeout: LIMIT }), await second.recv(1, { timeout: LIMIT })],
      [Buffer.alloc(0), Buffer.alloc(0)],
    );
  });

  test('gets copies of the errors of its handlers', async () => {
    const server = new Collecting({ host: '127.0.0.1', port: 0 }, upper, { workers: 1 });
    await serving(server as never, async () => {
      assert.equal(await ask(server as never, tcp, 'throw'), '');
      assert.equal(await ask(server as never, tcp, 'throw a string'), '');
      assert.equal(await ask(server as never, tcp, 'after'), 'AFTER');
    });
    const [error, other] = server.failures as (Error & { code?: string })[];
    assert.deepEqual([error?.name, error?.message, error?.code], ['RangeError', 'as asked', 'ERR_ASKED']);
    assert.match(String(error?.stack), /upper\.(js|ts)/);
    assert.equal(other?.message, "The handler threw 'a string'");
  });

  for (const [how, message, cause] of [
    ['exit', /exit code 3/, undefined],
    ['crash', /exit code 1/, 'the thread crashed'],
  ] as const) {
    test(`continues when a thread dies: ${how}`, async () => {
      const server = new Collecting({ host: '127.0.0.1', port: 0 }, upper, { workers: 1 });
      await serving(server as never, async () => {
        const first = await ask(server as never, tcp, 'thread');
        const { promise } = server.failed;
        assert.equal(await ask(server as never, tcp, how), '');
        const error = await promise;
        assert.match(error.message, message);
        assert.equal((error.cause as Error | undefined)?.message, cause);
        const next = await ask(server as never, tcp, 'thread');
        assert.notEqual(next, first);
      });
    });
  }

  test('says what is wrong with a module that handles no requests', async () => {
    const module = new URL('no-handler.js', import.meta.url);
    const server = new Collecting({ host: '127.0.0.1', port: 0 }, module, { workers: 1 });
    await serving(server as never, async () => {
      const { promise } = server.failed;
      assert.equal(await ask(server as never, tcp, 'hello'), '');
      assert.match((await promise).message, /handleRequests\(\)/);
    });
  });

  test('reports a module that does not exist', async () => {
    const module = new URL('nonesuch.js', import.meta.url);
    const server = new Collecting({ host: '127.0.0.1', port: 0 }, module, { workers: 1 });
    await serving(server as never, async () => {
      const { promise } = server.failed;
      assert.equal(await ask(server as never, tcp, 'hello'), '');
      assert.match(String((await promise).cause), /nonesuch/);
    });
  });

  test('leaves no descriptor open', async () => {
    const server = new Collecting({ host: '127.0.0.1', port: 0 }, upper, { workers: 1 });
    let before = 0;
    await serving(server as never, async () => {
      await ask(server as never, tcp, 'warm up');
      while (server.activeRequests > 0) await new Promise(setImmediate);
      before = countDescriptors();
      for (let i = 0; i < 10; i++) await ask(server as never, tcp, i % 2 === 0 ? 'throw' : 'hello');
      while (server.activeRequests > 0) await new Promise(setImmediate);
      assert.equal(countDescriptors(), before);
    });
    assert.ok(countDescriptors() < before);
  });

  test('passes options to its threads, and does not keep the process alive with them', async () => {
    const { spawn } = await import('node:child_process');
    const program = new URL('workers-program.js', import.meta.url);
    const child = spawn(process.execPath, [program.pathname], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', data => {
      output += data;
    });
    const [code] = await once(child, 'close');
    assert.deepEqual([code, output], [0, 'from the options\n']);
  });
});
