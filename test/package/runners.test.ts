/**
 * Test runners load the package: those of Node.js, Bun and Deno, Jest with its own CommonJS and as modules, Vitest in
 * its three kinds of workers.
 */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { PackedProject } from '../support/packed.js';
import { runtimes } from '../support/runtimes.js';
import { commandOf, folderOf, missing, run } from './consumers.js';

const project = new PackedProject();
after(() => project.dispose());
const { folder } = project;

/** The body of a test, the same for all runners. */
const BODY = `
  const [left, right] = socketpair();
  const waiting = left.recv(100);
  right.sendSync('x');
  expect(String(await waiting)).toBe('x');
  for (const socket of [left, right]) socket.close();
  await expect(left.recv(1)).rejects.toThrow(SocketError);
  expect(typeof so.rcvbuf.option).toBe('number');
  expect(AF_TIPC).toBe(30);
`;
const NAMES = ['SocketError, socketpair', 'so', 'AF_TIPC'];
const ENTRIES = ['berkeley', 'berkeley/options', 'berkeley/constants'];
const imports = ENTRIES.map((entry, i) => `import { ${NAMES[i]} } from '${entry}';`).join('\n');
const requires = ENTRIES.map((entry, i) => `const { ${NAMES[i]} } = require('${entry}');`).join('\n');

describe('the test runners of the runtimes', () => {
  const body = `
    import assert from 'node:assert/strict';
    import test from 'node:test';
    ${imports}
    test('one', async () => {
      const [left, right] = socketpair();
      const waiting = left.recv(100);
      right.sendSync('x');
      assert.equal(String(await waiting), 'x');
      for (const socket of [left, right]) socket.close();
      await assert.rejects(left.recv(1), SocketError);
      assert.equal(typeof so.rcvbuf.option, 'number');
      assert.equal(AF_TIPC, 30);
    });`;
  const commands = [
    ['Node.js', ['--test', 'runtimes.test.js'], /^# pass 1$|^ℹ pass 1$/m],
    ['Bun', ['test', './runtimes.test.js'], /^ *1 pass$/m],
    ['Deno', ['test', '--allow-ffi', '--no-check', 'runtimes.test.js'], /1 passed/],
  ] as const;
  for (const [name, args, passed] of commands) {
    const { command, skip } = runtimes.find(runtime => runtime.name.startsWith(name))!;
    test(name, { skip }, async () => {
      project.write('runtimes.test.js', body);
      const { code, out } = await run(folder, command, ...args);
      assert.equal(code, 0, out);
      assert.match(out, passed);
    });
  }
});

describe('Jest', { skip: missing('jest') }, () => {
  const jest = (pattern: string, ...options: string[]) =>
    run(folder, process.execPath, ...options, commandOf('jest'), '--watchman=false', '--testRegex', pattern);

  test('loads it as CommonJS', async () => {
    project.write('required.spec.cjs', `${requires}\ntest('one', async () => {${BODY}});`);
    const { code, out } = await jest('required\\.spec');
    assert.equal(code, 0, out);
  });

  test('loads it as modules', async () => {
    project.write('imported.spec.js', `${imports}\ntest('one', async () => {${BODY}});`);
    const { code, out } = await jest('imported\\.spec', '--experimental-vm-modules', '--no-warnings');
    assert.equal(code, 0, out);
  });
});

describe('Vitest', { skip: missing('vitest') }, () => {
  for (const pool of ['forks', 'threads', 'vmThreads']) {
    test(pool, async () => {
      project.write(
        'one.test.js',
        `import { expect, test } from 'vitest';\n${imports}\ntest('one', async () => {${BODY}});`,
      );
      const link = join(folder, 'node_modules/vitest');
      try {
        symlinkSync(folderOf('vitest'), link);
      } catch {} // from the test before
      const { code, out } = await run(
        folder,
        process.execPath,
        commandOf('vitest'),
        'run',
        'one.test',
        `--pool=${pool}`,
      );
      assert.equal(code, 0, out);
    });
  }
});
