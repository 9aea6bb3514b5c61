import assert from 'node:assert/strict';
import { test } from 'node:test';
import '#src/families/inet/index.js';
import '#src/families/inet6/index.js';
import { if_nameindex } from '#src/resolver/interfaces.js';
import {
  resolveHost,
  resolveHostSync,
  resolveScopedHost,
  resolveScopedHostSync,
} from '#src/resolver/resolve-host.js';

/** An interface, to use as a zone. */
const [{ name, index }] = if_nameindex() as [{ name: string; index: number }];
const ZONE = process.platform === 'win32' ? index : name; // Windows has no names of interfaces in zones

async function resolves(host: string, family: 4 | 6, expected: string): Promise<void> {
  assert.equal(resolveHostSync(host, family), expected);
  assert.equal(await resolveHost(host, family), expected);
}

async function fails(host: string, family: 4 | 6, expected: object): Promise<void> {
  assert.throws(() => resolveHostSync(host, family), expected);
  await assert.rejects(resolveHost(host, family), expected);
}

test('numeric addresses are returned unchanged', async () => {
  await resolves('192.0.2.1', 4, '192.0.2.1');
  await resolves('FE80:0::1', 6, 'FE80:0::1');
});

test('special hosts are resolved', async () => {
  await resolves('', 4, '0.0.0.0');
  await resolves('', 6, '::');
  await resolves('<broadcast>', 4, '255.255.255.255');
  await fails('<broadcast>', 6, { code: 'ERR_INVALID_ARG_VALUE', message: /'address.host'/ });
});

test('names are resolved, and numbers in forms that only the resolver accepts', async () => {
  await resolves('localhost', 4, '127.0.0.1');
  await resolves('127.1', 4, '127.0.0.1');
});

test('a zone is kept separate from the host', async () => {
  const expected = { host: 'fe80::1', scopeId: index };
  assert.deepEqual(resolveScopedHostSync(`fe80::1%${ZONE}`, 6), expected);
  assert.deepEqual(await resolveScopedHost(`fe80::1%${ZONE}`, 6), expected);
});

test('a host of another family is refused, and so is an empty one', async () => {
  await fails('::1', 4, { name: 'ResolverError', syscall: 'getaddrinfo', hostname: '::1' });
  await fails('127.0.0.1', 6, { name: 'ResolverError' });
  await fails('fe80::1%nosuch0', 6, { code: 'ENOTFOUND' });
  await fails('x\0y', 4, { code: 'ERR_INVALID_ARG_VALUE' });
});
