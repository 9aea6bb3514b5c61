/**
 * Calls that are aborted or time out at random moments, in every runtime: the received data has to equal the
 * sent data. A failure prints the seed and the round. `BERKELEY_SEED` and `BERKELEY_ROUND` repeat them, and
 * `BERKELEY_LONG=1` runs ten times as many rounds.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runtimes } from '../support/runtimes.js';

const program = fileURLToPath(new URL('./giving-up-program.js', import.meta.url));
const LIMIT = process.env.BERKELEY_LONG === '1' ? 1_200_000 : 240_000;

// The rounds wait more than they compute.
describe('calls that are aborted or time out', { concurrency: runtimes.length }, () => {
  for (const { name, command, args, env, skip } of runtimes)
    test(name, { skip, timeout: LIMIT }, async context => {
      const child = spawn(command, [...args, program], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: LIMIT,
        killSignal: 'SIGKILL',
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      const [code] = await once(child, 'close');
      assert.equal(code, 0, output);
      assert.match(output, /^done$/m);
      context.diagnostic(output.split('\n')[0]!);
    });
});
