import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOWHERE, readNetAddress, toNetAddress } from '#src/address/net-address.js';
import { binding } from '#src/binding.js';

/** An interface of this machine: its index and its name. */
const index = 1;
const name = binding.if_indextoname(index);

const inet6 = (host: string, scopeId: number) =>
  ({ family: 'inet6', host, port: 9, flowinfo: 0, scopeId }) as const;

test('the zone of a link-local address is part of the address, by the name of its interface', () => {
  assert.equal(typeof name, 'string');
  for (const host of ['fe80::1', 'fe9a::1', 'febf::1'])
    assert.deepEqual(toNetAddress(inet6(host, index)), {
      address: `${host}%${name}`,
      family: 'IPv6',
      port: 9,
    });
  assert.equal(toNetAddress(inet6('fe80::1', 0x7fffffff)).address, 'fe80::1%2147483647', 'it is gone');
});

test('other addresses have no zone', () => {
  for (const host of ['::1', 'ff02::1', 'fec0::1'])
    assert.equal(toNetAddress(inet6(host, index)).address, host);
  assert.equal(toNetAddress(inet6('fe80::1', 0)).address, 'fe80::1');
  assert.deepEqual(toNetAddress({ family: 'inet', host: '127.0.0.1', port: 80 }), {
    address: '127.0.0.1',
    family: 'IPv4',
    port: 80,
  });
});

test('an address of another family, and one that cannot be read, are nowhere', () => {
  assert.equal(
    readNetAddress(() => ({ family: 'unix', path: '/x' })),
    NOWHERE,
  );
  assert.equal(
    readNetAddress(() => {
      throw new Error('closed');
    }),
    NOWHERE,
  );
});
