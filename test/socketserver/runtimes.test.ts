/** `berkeley/socketserver` does the same on every runtime, in the event loop and in threads. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runtimes } from '../support/runtimes.js';
import { kinds } from './support.js';

const program = fileURLToPath(new URL('runtime-program.js', import.meta.url));

describe('berkeley/socketserver', () => {
  const wanted = kinds.map(({ name }) => ({
    kind: name,
    replies: [
      '<a\n><b>',
      '<c>',
      'IN A THREAD',
      'IN ANOTHER',
      `shut down ${name.startsWith('Unix') ? 'unix' : 'inet'}`,
    ],
    errors: [
      'as asked',
      'The thread of the request ended with exit code: does its module call handleRequests()?',
    ],
  }));

  // The other tests of this folder run on Node.js.
  for (const { name, command, args, env, skip } of runtimes.slice(1)) {
    test(`on ${name}`, { skip, timeout: 180_000 }, () => {
      const options = { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 120_000 } as const;
      const lines = execFileSync(command, [...args, program], options)
        .trim()
        .split('\n');
      assert.deepEqual(
        lines.map(line => JSON.parse(line)),
        wanted,
      );
    });
  }
});
