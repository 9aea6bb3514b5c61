/** The workers of a cluster share the sockets that they bind, as with `node:dgram`. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('cluster-program.js', import.meta.url));

test('two workers are bound to one port, and each datagram arrives once', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  assert.deepEqual(JSON.parse(stdout), { isOnePort: true, received: 20 });
});
