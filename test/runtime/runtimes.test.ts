/** The same program in every runtime, and on Node.js with the wake-up that the others use. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runtimes } from '../support/runtimes.js';

const program = fileURLToPath(new URL('./program.js', import.meta.url));

const expected = [
  ...['echoOverTcp', 'manyConnections', 'datagrams', 'unixPair', 'waitsThatEnd', 'refusals', 'names'],
  ...['done', ''],
].join('\n');

for (const { name, command, args, env, skip } of runtimes) {
  test(name, { skip }, async () => {
    const options = { env: { ...process.env, ...env }, timeout: 60_000 };
    const { stdout } = await promisify(execFile)(command, [...args, program], options);
    assert.equal(stdout, expected);
  });
}
