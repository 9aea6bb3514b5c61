/** The async iterators of a socket: how a loop ends, even when a step throws. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { createServer, Socket } from 'berkeley';
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
