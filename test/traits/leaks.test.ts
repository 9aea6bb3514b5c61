/** What many connections leave behind: nothing. */
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

const unlimited = onWindows && 'Windows has no limit for a process';

/** Anything kept for each connection would be more; what the engine keeps for itself comes and goes, and is less. */
const MOST_HEAP = 2 ** 20;

describe('connections that come and go', { concurrency: 2 }, () => {
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
test('two thousand clients at once are all answered', { skip }, async () => {
  const { code, stderr } = await startChild(new URL('./children/crowd.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});

describe('calls that fail leave no descriptor behind', () => {
  async function keepsCount(call: () => unknown): Promise<void> {
    const before = countDescriptors();
    await failureOf(call);
    assert.equal(countDescriptors(), before);
  }

  /** A port that nobody listens at. */
  function desertedPort(): number {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    return server.getsockname().port;
  }

  test('making sockets that the kernel does not make', {
    skip: onWindows && 'there pairs of AF_INET are made, over the loopback',
  }, async () => {
    await keepsCount(() => new Socket(AF_INET, 77));
    await keepsCount(() => new Socket(AF_INET, 1, 250));
    await keepsCount(() => socketpair(AF_INET));
  });

  test('servers whose address is taken or not ours', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    await keepsCount(() => createServer(server.getsockname()));
    await keepsCount(() => createServer({ host: '192.0.2.1', port: 0 }));
    await keepsCount(() => createServer({ path: '/nonexistent/socket' }));
  });

  test('connections to nobody, from nowhere, given up', async () => {
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

  test('a connection that is given up while it is made', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: 0 });
    using first = await createConnection(server.getsockname());
    await keepsCount(() => createConnection(server.getsockname(), { timeout: 10 }));
    await keepsCount(() => createConnection(server.getsockname(), { signal: AbortSignal.timeout(10) }));
    assert.equal(first.closed, false);
  });

  test('adopting what is no socket', async () => {
    const before = countDescriptors();
    const error = await failsWith(() => fromfd(1_000_000), SocketError, 'EBADF', 'dup');
    assert.equal(error.errno, errnoNumber('EBADF'));
    assert.equal(countDescriptors(), before);
  });

  test('a process that may open nothing more hears EMFILE, and its server goes on when it may', {
    skip: unlimited,
  }, async () => {
    // Each in a process of its own, since the limit is one for all.
    const program = new URL('./children/exhausted.js', import.meta.url);
    const { code, stderr } = await startChild(program).ended;
    assert.equal(code, 0, stderr);
  });
});

test('a process that may open nothing more before it has to wait goes on when it may', {
  skip: unlimited,
}, async () => {
  const { code, stderr } = await startChild(new URL('./children/no-poller.js', import.meta.url)).ended;
  assert.equal(code, 0, stderr);
});

test('a look-up that is given up leaves nothing', async () => {
  const before = countDescriptors();
  await failureOf(() => getaddrinfo('localhost', 1, { signal: AbortSignal.abort() }));
  await delay(1);
  assert.equal(countDescriptors(), before);
});
