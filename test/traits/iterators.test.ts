/** The async iterators of a socket: how a loop ends, even when a step throws. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { describe, test } from 'node:test';
import { createServer, isTimeout, SOCK_DGRAM, Socket, socketpair } from 'berkeley';
import { SocketIterator } from '#src/socket/iterate.js';
import { notOnWindows } from '../support/kernel.js';

test('next() rejects when a step throws, and the loop ends', async () => {
  const failure = new Error('the step throws');
  const iterator = new SocketIterator(
    { closed: false },
    {
      take() {
        throw failure;
      },
    },
  );
  await assert.rejects(iterator.next(), failure);
  assert.deepEqual(await iterator.next(), { done: true, value: undefined });
});

const limited = notOnWindows('a limit of descriptors (prlimit)');
test('connections() that pauses at the descriptor limit can be aborted and used again later', {
  skip: limited,
}, async () => {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  using client = new Socket();
  await client.connect(server.getsockname());
  await server.accept({ timeout: 5000 }).then(({ socket }) => socket.close());
  using second = new Socket();
  await second.connect(server.getsockname());
  const warned = new Promise(resolve => process.once('warning', resolve));
  const files = exhaust();
  try {
    const controller = new AbortController();
    const next = server.connections({ signal: controller.signal }).next();
    await warned;
    const rejected = assert.rejects(next, { message: 'enough' });
    controller.abort(new Error('enough'));
    const turn = new Promise(resolve => setImmediate(resolve, 'pausing'));
    assert.equal(
      await Promise.race([rejected, turn]),
      undefined,
      'it does not wait for the end of the pause',
    );
    await rejected;
  } finally {
    restore(files);
  }
  const { value } = await server.connections().next();
  value!.socket.close();
});

describe('datagrams({ until })', () => {
  /** Receives until the loop ends. */
  async function collect(loop: AsyncIterable<{ readonly data: Buffer }>): Promise<string[]> {
    const seen: string[] = [];
    for await (const { data } of loop) seen.push(String(data));
    return seen;
  }

  const pair = () => socketpair(undefined, SOCK_DGRAM);

  test('ends without an error when the signal is aborted, and loses nothing', async () => {
    const [socket, peer] = pair();
    const end = new AbortController();
    const collected = collect(socket.datagrams({ until: end.signal }));
    await peer.send('one');
    await peer.send('two');
    await new Promise(setImmediate);
    end.abort(new Error('the reason does not matter'));
    const seen = await collected;
    await peer.send('three');
    // What the loop has not returned is still there.
    while (seen.length < 3) seen.push(String(await socket.recv(10, { timeout: 10_000 })));
    assert.deepEqual(seen, ['one', 'two', 'three']);
    socket.close();
    peer.close();
  });

  test('ends at a time of performance.now(), and not earlier', async () => {
    const [socket, peer] = pair();
    await peer.send('one');
    const end = performance.now() + 30;
    assert.deepEqual(await collect(socket.datagrams({ until: end })), ['one']);
    assert.ok(performance.now() >= end);
    socket.close();
    peer.close();
  });

  test('receives nothing after a signal that is aborted, or a time that has passed', async () => {
    const [socket, peer] = pair();
    await peer.send('one');
    for (const until of [AbortSignal.abort(), 0])
      assert.deepEqual(await collect(socket.datagrams({ until })), []);
    assert.equal(String(await socket.recv(10)), 'one');
    socket.close();
    peer.close();
  });

  test('differs from a signal and a timeout, which fail', async () => {
    const [socket, peer] = pair();
    const never = new AbortController().signal;
    for (const until of [never, performance.now() + 1e6]) {
      const late = await collect(socket.datagrams({ until, timeout: 5 })).catch(error => error);
      assert.ok(isTimeout(late), `${late}`);
      const reason = new Error('enough');
      await assert.rejects(collect(socket.datagrams({ until, signal: AbortSignal.abort(reason) })), reason);
      const controller = new AbortController();
      const loop = collect(socket.datagrams({ until, signal: controller.signal }));
      setImmediate(() => controller.abort(reason));
      await assert.rejects(loop, reason);
    }
    // The end comes first, although the timeout of a datagram is shorter than the time that is left at first.
    assert.deepEqual(await collect(socket.datagrams({ until: performance.now() + 10, timeout: 1e6 })), []);
    socket.close();
    peer.close();
  });

  test('an invalid end is refused at once', () => {
    const [socket, peer] = pair();
    for (const until of ['soon', {}, null, -1, Number.NaN])
      assert.throws(
        () => socket.datagrams({ until: until as never }),
        { message: /options\.until/ },
        `${until}`,
      );
    socket.close();
    peer.close();
  });

  test('the signal keeps no listeners', async () => {
    const [socket, peer] = pair();
    const end = new AbortController();
    let listeners = 0;
    const { signal } = end;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    const loop = socket.datagrams({ until: signal });
    for (let i = 0; i < 5; i++) {
      await peer.send('x');
      await loop.next();
      assert.equal(listeners, 0);
    }
    socket.close();
    peer.close();
  });
});

let limit = '';

/** Uses up the descriptors of the process. */
function exhaust(): number[] {
  limit = execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile', '--output=SOFT', '--noheadings'], {
    encoding: 'utf8',
  }).trim();
  execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile=100:']);
  const files: number[] = [];
  try {
    for (;;) files.push(openSync('/dev/null', 'r'));
  } catch {
    return files;
  }
}

function restore(files: readonly number[]): void {
  for (const file of files) closeSync(file);
  execFileSync('prlimit', ['--pid', `${process.pid}`, `--nofile=${limit}:`]);
}
