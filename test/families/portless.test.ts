/** Raw and ping sockets take addresses without a port. All others need one: see test/address/bad-input.test.ts. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needsNamespaces } from '../support/kernel.js';
import { inOwnNetwork } from '../support/own-network.js';

test('the address of a raw or ping socket needs no port', { skip: needsNamespaces }, () => {
  const program = fileURLToPath(new URL('./portless-program.js', import.meta.url));
  const passed = execFileSync(...inOwnNetwork(process.execPath, program), { encoding: 'utf8' });
  const names = ['ping, IPv4', 'raw, IPv4', 'ping, IPv6', 'raw, IPv6', 'batch'];
  assert.deepEqual(passed.trim().split('\n'), names);
});
