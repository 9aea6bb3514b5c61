/** The types of `berkeley/net` accept the options of `node:net`, and no misspelt ones. */
import assert from 'node:assert/strict';
import type { NetConnectOpts } from 'node:net';
import { test } from 'node:test';
import { connect, type Socket, type SocketOptions } from 'berkeley/net';
import { tcp } from 'berkeley/options';

test('the options of node:net are accepted, and others refused', () => {
  const options: NetConnectOpts = { port: 1, host: 'localhost', timeout: 5 };
  const create = (): Socket => connect(options);
  const more = (): Socket => connect({ port: 1, options: [[tcp.userTimeout, 5000]], mark: 7 });
  // @ts-expect-error a misspelt option
  const wrong = (): Socket => connect({ port: 1, bindToDevcie: 'eth0' });
  const given: SocketOptions = { allowHalfOpen: true };
  assert.equal([create, more, wrong].length + Object.keys(given).length, 4);
});
