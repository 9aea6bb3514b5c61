/** What keeps a Selector alive, and what a Selector keeps alive: memory, descriptors, the process. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Socket, socketpair } from 'berkeley';
import { POLLIN, poll, Selector, select, selectSync } from 'berkeley/select';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { outputOf } from '../support/output.js';
import { until } from '../support/until.js';

async function run(
  command: string,
  args: readonly string[],
  limits: { timeout: number },
): Promise<{ stdout: string }> {
  return { stdout: await outputOf(command, args, limits) };
}

const program = fileURLToPath(new URL('./exit.js', import.meta.url));

describe('a Selector', () => {
  const skip = !globalThis.gc && 'needs node --expose-gc';

  test('is closed when it is collected, even if its sockets are still in use', {
    skip,
  }, async () => {
    await warmUp();
    const [a, b] = socketpair();
    const before = countDescriptors();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    (() => {
      for (let i = 0; i < 3; i++) new Selector().register(a, POLLIN);
    })();
    await until(() => {
      globalThis.gc?.();
      return countDescriptors() === before;
    });
    assert.equal(countDescriptors(), before);
    await until(() => warnings.length > 0);
    process.off('warning', onWarning);
    assert.match(warnings[0]?.message ?? 'none', /Selector was not closed/);
    a.close();
    b.close();
  });

  test('is not collected while a call waits on it', { skip }, async () => {
    const [a, b] = socketpair();
    const waiting = (() => {
      const selector = new Selector();
      selector.register(a, POLLIN);
      return selector.wait({ timeout: 5000 });
    })();
    for (let i = 0; i < 5; i++) {
      globalThis.gc?.();
      await delay(2);
    }
    b.sendSync('x');
    assert.equal((await waiting)[0]?.target, a);
    a.close();
    b.close();
  });
});

test('no call leaks a descriptor', async () => {
  await warmUp();
  const [a, b] = socketpair();
  const before = countDescriptors();
  for (let i = 0; i < 200; i++) {
    await select([a], [], [], 1);
    selectSync([a], [], [a], 0);
    const list = poll();
    list.register(a, POLLIN);
    await list.poll(1);
    using selector = new Selector();
    selector.register(a, POLLIN);
    await selector.wait({ timeout: 0 });
  }
  assert.equal(countDescriptors(), before);
  a.close();
  b.close();
});

const unlimited = process.platform === 'win32' && 'Windows has no descriptor limit for a process';

test('without free descriptors a Selector fails with EMFILE, and calls that need none still work', {
  skip: unlimited,
}, async () => {
  const command = 'ulimit -n 512; exec "$0" "$1" "no descriptors"';
  const { stdout } = await run('sh', ['-c', command, process.execPath, program], { timeout: 60_000 });
  const said = ['epoll_create1 EMFILE', 'epoll_create1 EMFILE', '[[],[1],[]]', '[[],[],[]]'];
  assert.deepEqual(stdout.trim().split('\n'), said);
});

describe('the process', () => {
  for (const [name, output] of [
    ['a Selector that nobody waits for', ''],
    ['a wait that is unref’d', ''],
    ['a wait', 'over\n'],
    ['a select', 'over\n'],
    ['a poll', 'over\n'],
  ] as const) {
    test(`${name} ${output === '' ? 'does not keep it alive' : 'keeps it alive until it ends'}`, async () => {
      const { stdout } = await run(process.execPath, [program, name], { timeout: 60_000 });
      assert.equal(stdout, output);
    });
  }
});

test('closing a socket removes it from all selectors, without affecting others', async () => {
  const pairs = Array.from({ length: 500 }, () => socketpair());
  using one = new Selector<Socket<'unix'>>();
  using two = new Selector<Socket<'unix'>>();
  for (const [a] of pairs) {
    one.register(a, POLLIN, a);
    two.register(a, POLLIN, a);
  }
  for (const [a] of pairs.slice(0, 499)) a.close();
  assert.deepEqual([one.size, two.size], [1, 1]);
  for (const selector of [one, two]) {
    assert.equal((await selector.wait()).length, 499);
    assert.deepEqual(await selector.wait({ timeout: 0 }), []);
  }
  for (const socket of pairs.flat()) socket.close();
});
