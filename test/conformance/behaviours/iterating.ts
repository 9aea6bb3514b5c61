/** The async iterators. */
import assert from 'node:assert/strict';
import { ConnectionResetError, MSG_PEEK, SO_LINGER, SOL_SOCKET, TimeoutError } from 'berkeley';
import { failsWith, failureOf } from '../../support/failure.js';
import { type AnySocket, can, isConnecting, isSocketpair, isStream } from '../../support/rows.js';
import type { Behaviour } from '../behaviour.js';

async function collect(socket: AnySocket, size?: number): Promise<string[]> {
  const pieces: string[] = [];
  for await (const chunk of socket.chunks({ size })) pieces.push(chunk.toString());
  return pieces;
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item;
  return assert.fail('there was none');
}

const loops: readonly Omit<Behaviour, 'face'>[] = [
  {
    name: 'connections gives each client, until the server is closed',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const clients = Array.from({ length: 3 }, () => context.client());
      for (const client of clients) await context.connect(client, server);
      const met: unknown[] = [];
      for await (const { socket, address } of server.connections()) {
        context.own(socket);
        met.push(address);
        if (met.length === clients.length) setImmediate(() => server.close());
      }
      assert.deepEqual(
        met,
        clients.map(client => context.seen(client)),
      );
    },
  },
  {
    name: 'breaking off the loop over connections leaves the server listening',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      for (let i = 0; i < 2; i++) {
        const client = context.client();
        await context.connect(client, server);
        const { socket, address } = await firstOf(server.connections());
        context.own(socket);
        assert.deepEqual(address, context.seen(client));
      }
      assert.equal(server.closed, false);
    },
  },
  {
    name: 'a signal or a timeout ends the loop over connections with an error',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const late = firstOf(server.connections({ timeout: 10 }));
      await failsWith(() => late, TimeoutError, 'ETIMEDOUT', 'accept');
      const reason = new Error('enough');
      const controller = new AbortController();
      const aborted = firstOf(server.connections({ signal: controller.signal }));
      setImmediate(() => controller.abort(reason));
      assert.equal(await failureOf(() => aborted), reason);
      assert.equal(server.closed, false);
    },
  },
  {
    name: 'chunks gives what the stream delivers, until its end',
    when: can('stream', 'end'),
    async run(context) {
      const [a, b] = await context.pair();
      const collecting = collect(b, 4);
      await a.sendAll('one two three');
      a.close();
      const pieces = await collecting;
      assert.equal(pieces.join(''), 'one two three');
      assert.ok(pieces.every(({ length }) => length > 0 && length <= 4));
      assert.deepEqual(await collect(b), [], 'and then nothing');
    },
  },
  {
    name: 'chunks ends without an error when this side closes the socket',
    when: row => isConnecting(row) || isSocketpair(row),
    async run(context) {
      const [, b] = await context.pair();
      setImmediate(() => b.close());
      assert.deepEqual(await collect(b), []);
      assert.deepEqual(await collect(b), [], 'a closed socket has no chunks');
    },
  },
  {
    name: 'breaking off the loop over chunks leaves the rest, and the socket open',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      await a.sendAll('one two');
      assert.equal((await firstOf(b.chunks({ size: 3 }))).toString(), 'one');
      assert.equal((await b.recv(9)).toString(), ' two');
    },
  },
  {
    name: 'chunks rejects with the error of the stream, and is over',
    when: can('stream', 'reset'),
    async run(context) {
      const [a, b] = await context.pair();
      const chunks = b.chunks();
      const next = chunks.next();
      a.setsockopt(SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer));
      a.close();
      await failsWith(() => next, ConnectionResetError, 'ECONNRESET', 'recv');
      assert.deepEqual(await chunks.next(), { done: true, value: undefined });
    },
  },
  {
    name: 'a timeout of the chunks is for each',
    when: isStream,
    async run(context) {
      const [a, b] = await context.pair();
      const chunks = b.chunks({ timeout: 20 });
      for (let i = 0; i < 3; i++) {
        await a.send('x');
        assert.equal((await chunks.next()).value?.toString(), 'x');
      }
      await failsWith(() => chunks.next(), TimeoutError, 'ETIMEDOUT', 'recv');
    },
  },
  {
    name: 'datagrams gives each message, empty ones too, until the socket is closed',
    when: can('datagrams', 'empty'),
    async run(context) {
      const [a, b] = await context.pair();
      for (const text of ['one', '', 'three']) await a.send(text);
      const texts: string[] = [];
      for await (const { data, address } of b.datagrams()) {
        texts.push(data.toString());
        if (context.row.address !== undefined) assert.deepEqual(address, context.seen(a));
        if (texts.length === 3) setImmediate(() => b.close());
      }
      assert.deepEqual(texts, ['one', '', 'three']);
    },
  },
  {
    name: 'breaking off the loop over datagrams loses none that did not come out of it',
    when: can('cut'),
    async run(context) {
      const [a, b] = await context.pair();
      for (const text of ['one', 'two']) await a.send(text);
      assert.equal((await firstOf(b.datagrams({ size: 2 }))).data.toString(), 'on');
      assert.equal((await b.recv(9, MSG_PEEK)).toString(), 'two');
    },
  },
];

export const iterating: readonly Behaviour[] = loops.map(loop => ({ ...loop, face: 'promise' }));
