/** Two copies of the package in one process: an error of one copy is an instance of the other's classes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ConnectionError,
  ConnectionRefusedError,
  PermissionError,
  ResolverError,
  SocketError,
} from 'berkeley';
import { built } from '../tables/constants.js';

const copy = await import(`${built('src/errors/errors.ts')}?copy`);
const resolver = await import(`${built('src/resolver/resolver-error.ts')}?copy`);

test('an error of another copy is an instance of this copy’s classes', () => {
  assert.notEqual(copy.SocketError, SocketError);
  const error = copy.socketErrorOf('ECONNREFUSED', { syscall: 'connect' });
  assert.ok(error instanceof ConnectionRefusedError);
  assert.ok(error instanceof ConnectionError);
  assert.ok(error instanceof SocketError);
  assert.ok(!(error instanceof PermissionError));
  assert.ok(!(error instanceof ResolverError));
  assert.ok(error instanceof Error);
});

test('a resolver error of another copy is an instance of this copy’s class', () => {
  assert.notEqual(resolver.ResolverError, ResolverError);
  const error = new resolver.ResolverError({ kind: 'eai', code: -2 }, { syscall: 'getaddrinfo' });
  assert.ok(error instanceof ResolverError && error instanceof SocketError);
});

test('a class that a program derives has only its own instances', () => {
  class Mine extends ConnectionError {}
  const error = copy.socketErrorOf('ECONNREFUSED', { syscall: 'connect' });
  assert.ok(!(error instanceof Mine));
  assert.ok(new Mine(-1, { syscall: 'connect' }) instanceof Mine);
  assert.ok(new Mine(-1, { syscall: 'connect' }) instanceof copy.SocketError);
});

test('other values are not instances', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  for (const value of [null, undefined, 1, 'x', Symbol('x'), {}, Object.create(null), new Error('x'), proxy])
    assert.ok(!((value as unknown) instanceof SocketError));
  revoke();
});
