/** A socket of `berkeley/net` can be passed where TypeScript expects one of `node:net`. */
import assert from 'node:assert/strict';
import type { NetConnectOpts, Socket as NodeSocket } from 'node:net';
import { test } from 'node:test';
import { connect, Socket, type SocketOptions } from 'berkeley/net';
import { tcp } from 'berkeley/options';

test('a Socket is a net.Socket to TypeScript', () => {
  const socket: NodeSocket = new Socket();
  assert.equal(socket.readyState, 'open');
});

test('the options of node:net are accepted, and others refused', () => {
  const options: NetConnectOpts = { port: 1, host: 'localhost', timeout: 5 };
  const create = (): Socket => connect(options);
  const more = (): Socket => connect({ port: 1, options: [[tcp.userTimeout, 5000]], mark: 7 });
  // @ts-expect-error a misspelt option
  const wrong = (): Socket => connect({ port: 1, bindToDevcie: 'eth0' });
  const given: SocketOptions = { allowHalfOpen: true };
  assert.equal([create, more, wrong].length + Object.keys(given).length, 4);
});
