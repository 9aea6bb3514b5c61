/** `berkeley/dgram` does the same on every runtime: the results of all statements are those on Node.js. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Runtime, runtimes } from '../support/runtimes.js';

const program = fileURLToPath(new URL('runtime-program.js', import.meta.url));

function run({ command, args, env }: Pick<Runtime, 'command' | 'args' | 'env'>): object {
  const options = { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 180_000 } as const;
  return JSON.parse(execFileSync(command, [...args, program, 'berkeley/dgram'], options));
}

describe('berkeley/dgram', () => {
  const others = runtimes.filter(({ command }) => command !== process.execPath);
  let expected: object | undefined;

  for (const runtime of others) {
    test(`on ${runtime.name}`, { skip: runtime.skip, timeout: 300_000 }, () => {
      expected ??= run({ command: process.execPath, args: [], env: {} });
      assert.deepEqual(run(runtime), expected);
    });
  }
});
