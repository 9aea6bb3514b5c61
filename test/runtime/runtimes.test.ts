/** The same program in every runtime, and on Node.js with the wake-up that the others use. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('./program.js', import.meta.url));
const installed = fileURLToPath(new URL('../../runtimes/node_modules', import.meta.url));
const cure = 'not installed here: npm run runtimes';

const expected = [
  ...['echoOverTcp', 'manyConnections', 'datagrams', 'unixPair', 'waitsThatEnd', 'refusals', 'names'],
  ...['done', ''],
].join('\n');

const [bun, deno] = {
  x64: [`${installed}/@oven/bun-linux-x64/bin/bun`, `${installed}/@deno/linux-x64-glibc/deno`],
  arm64: [`${installed}/@oven/bun-linux-aarch64/bin/bun`, `${installed}/@deno/linux-arm64-glibc/deno`],
}[process.arch as string] ?? ['', ''];

const runtimes = [
  { name: 'Node.js, woken by libuv', command: process.execPath, args: [], env: {} },
  {
    name: 'Node.js, woken by a thread',
    command: process.execPath,
    args: [],
    env: { BERKELEY_WAKEUP: 'thread' },
  },
  { name: 'Bun', command: bun, args: [], env: {} },
  { name: 'Deno', command: deno, args: ['run', '--allow-all', '--quiet'], env: {} },
];

for (const { name, command, args, env } of runtimes) {
  test(name, { skip: command !== undefined && existsSync(command) ? false : cure }, async () => {
    const options = { env: { ...process.env, ...env }, timeout: 60_000 };
    const { stdout } = await promisify(execFile)(command!, [...args, program], options);
    assert.equal(stdout, expected);
  });
}
