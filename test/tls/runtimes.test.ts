/** `berkeley/tls` does the same on every runtime as on Node.js. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Runtime, runtimes } from '../support/runtimes.js';

const program = fileURLToPath(new URL('runtime-program.js', import.meta.url));

function run({ command, args, env }: Pick<Runtime, 'command' | 'args' | 'env'>): Record<string, unknown> {
  const options = { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 120_000 } as const;
  return JSON.parse(execFileSync(command, [...args, program], options));
}

/** The results on Node.js. */
const expected = {
  tcp: ['HELLO 127.0.0.1,2,none', '127.0.0.1', true, 2],
  alpn: ['HELLO 127.0.0.1,2,x', '127.0.0.1', true, 2],
  halfOpen: 'after the end',
  options: 4321,
  unix: ['HELLO ,1,none', null, true, 1],
  socket: ['HELLO 127.0.0.1,2,none', '127.0.0.1', true, 2],
  stream: ['HELLO 127.0.0.1,2,none', '127.0.0.1', true, 2],
  errors: ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ECONNREFUSED', 'enough'],
  timeout: 'ETIMEDOUT',
  client: ['HELLO 127.0.0.1,2,none', '127.0.0.1', true, 2],
  sni: 'other.example',
  upgrade: 'pair',
  failures: 2,
  closed: [false, null],
  descriptors: true,
};

/** What a runtime cannot do. */
const differences: Readonly<Record<string, object>> = {
  // Its TLS connections are not half-open. It chooses certificates by the name of the server (SNI) only on sockets of its own.
  Bun: { halfOpen: '', sni: 'ERR_TLS_CERT_ALTNAME_INVALID' },
};

describe('berkeley/tls', () => {
  for (const runtime of runtimes)
    test(`on ${runtime.name}`, { skip: runtime.skip, timeout: 180_000 }, () => {
      assert.deepEqual(run(runtime), { ...expected, ...differences[runtime.name] });
    });
});
