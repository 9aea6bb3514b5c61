/** Many connections, failing calls and aborted look-ups leave no descriptors or memory behind. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_INET,
  ConnectionRefusedError,
  createConnection,
  createConnectionSync,
  createServer,
  fromfd,
  getaddrinfo,
  Socket,
  SocketError,
  socketpair,
} from 'berkeley';
import { errnoNumber } from '#src/errors/codes.js';
import { startChild } from '../support/child.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { failsWith, failureOf } from '../support/failure.js';
import { onWindows } from '../support/local.js';

await warmUp();

const unlimited = onWindows && 'Windows has no descriptor limit for a process';

/**
 * Memory that is kept per connection would exceed this limit. The memory that the engine uses for itself
 * varies, and stays below it.
 */
const MOST_HEAP = 2 ** 20;

describe('connections that open and close leave nothing behind', { concurrency: 2 }, () => {
  const program = new URL('./children/cycles.js', import.meta.url);
  const everywhere = [
    ['tcp', 'Sync', onWindows ? 1000 : 15_000],
    ['tcp', 'promise', onWindows ? 1000 : 15_000],
  ] as const;
  const ofUnix = [
    ['unix', 'Sync', 35_000],
    ['unix', 'promise', 35_000],
  ] as const;
  const runs = onWindows ? everywhere : [...everywhere, ...ofUnix];
  for (const [transport, face, count] of runs) {
    test(`${count} over ${transport}, ${face}`, async () => {
      const { code, stdout, stderr } = await startChild(program, transport, face, `${count}`).ended;
      assert.equal(code, 0, stderr);
      const { descriptors, heap } = JSON.parse(stdout);
      assert.equal(descriptors, 0);
      assert.ok(heap < MOST_HEAP, `the heap grew by ${heap} bytes`);
    });
  }
});

const NEEDED = 4200;
const most = onWindows ? 'unlimited' : execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
const skip =
  most === 'unlimited' || Number(most) >= NEEDED
    ? false
    : `a process may have only ${most} open files; run as root: ulimit -n ${NEEDED}`;

// Node.js itself raises the soft limit to the hard one.
test('a server answers two thousand clients that connect at once', { skip }, async () => {
  const { code, stderr } = await startChild(new URL('./children/crowd.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});

describe('calls that fail leave no descriptor behind', () => {
  async function keepsCount(call: () => unknown): Promise<void> {
    const before = countDescriptors();
    await failureOf(call);
    assert.equal(countDescriptors(), before);
  }

  /** A port without a listener. */
  function desertedPort(): number {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    return server.getsockname().port;
  }

  test('creating sockets that the kernel does not support', {
    skip: onWindows && 'Windows creates pairs of AF_INET, over the loopback',
  }, async () => {
    await keepsCount(() => new Socket(AF_INET, 77));
    await keepsCount(() => new Socket(AF_INET, 1, 250));
    await keepsCount(() => socketpair(AF_INET));
  });

  test('creating servers on an address that is in use or not local', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    await keepsCount(() => createServer(server.getsockname()));
    await keepsCount(() => createServer({ host: '192.0.2.1', port: 0 }));
    await keepsCount(() => createServer({ path: '/nonexistent/socket' }));
  });

  test('connecting to a dead port, from a foreign address, or with an abort', async () => {
    const to = { host: '127.0.0.1', port: desertedPort() };
    await keepsCount(() => createConnection(to));
    await keepsCount(() => createConnectionSync(to));
    await keepsCount(() => createConnection(to, { sourceAddress: { host: '192.0.2.1', port: 0 } }));
    await keepsCount(() => createConnectionSync(to, { sourceAddress: { host: '192.0.2.1', port: 0 } }));
    await keepsCount(() => createConnection(to, { signal: AbortSignal.abort() }));
    await keepsCount(() => createConnection({ host: 'localhost', port: to.port }));
    const error = await failureOf(() => createConnection(to));
    assert.ok(error instanceof ConnectionRefusedError);
  });

  test('aborting connect while it is in progress', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 });
    using first = await createConnection(server.getsockname());
    await keepsCount(() => createConnection(server.getsockname(), { timeout: 10 }));
    await keepsCount(() => createConnection(server.getsockname(), { signal: AbortSignal.timeout(10) }));
    assert.equal(first.closed, false);
  });

  test('adopting a descriptor that is not a socket', async () => {
    const before = countDescriptors();
    const error = await failsWith(() => fromfd(1_000_000), SocketError, 'EBADF', 'dup');
    assert.equal(error.errno, errnoNumber('EBADF'));
    assert.equal(countDescriptors(), before);
  });

  test('accept fails with EMFILE at the descriptor limit, and the server continues when descriptors are free', {
    skip: unlimited,
  }, async () => {
    // Each runs in its own process, because the limit applies to the whole process.
    const program = new URL('./children/exhausted.js', import.meta.url);
    const { code, stderr } = await startChild(program).ended;
    assert.equal(code, 0, stderr);
  });
});

test('a process that reaches the descriptor limit before its first wait works when descriptors are free', {
  skip: unlimited,
}, async () => {
  const { code, stderr } = await startChild(new URL('./children/no-poller.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});

test('an aborted look-up leaves nothing behind', async () => {
  const before = countDescriptors();
  await failureOf(() => getaddrinfo('localhost', 1, { signal: AbortSignal.abort() }));
  await delay(1);
  assert.equal(countDescriptors(), before);
});
