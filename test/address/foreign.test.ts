/** An invalid address is not taken for an address of another family because both families have one of its keys. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as berkeley from 'berkeley';
import { driverOf } from '#src/address/registry.js';
import { AddressWriter } from '#src/address/writer.js';

const device = '00:11:22:33:44:55';

/** Addresses with every key of their families. */
const samples: readonly (readonly [family: number, address: Readonly<Record<string, unknown>>])[] = [
  [berkeley.AF_INET, { host: '192.0.2.1', port: 80 }],
  [berkeley.AF_INET6, { host: '2001:db8::1', port: 80, flowinfo: 1, scopeId: 1 }],
  [berkeley.AF_UNIX, { path: '/tmp/x' }],
  [berkeley.AF_UNIX, { abstract: 'x' }],
  [berkeley.AF_CAN, { interface: 'lo', name: 1n, pgn: 1, address: 1 }],
  [
    berkeley.AF_PACKET,
    { interface: 'lo', protocol: 3, packetType: 0, hardwareType: 1, hardwareAddress: device },
  ],
  [berkeley.AF_NETLINK, { pid: 1, groups: 1 }],
  [berkeley.AF_VSOCK, { cid: 3, port: 80 }],
  [berkeley.AF_BLUETOOTH, { address: device, psm: 4097, cid: 64, addressType: 1 }],
  [berkeley.AF_BLUETOOTH, { address: device, channel: 3 }],
  [berkeley.AF_BLUETOOTH, { device: 0, channel: 1 }],
  [berkeley.AF_BLUETOOTH, { address: device }],
  [berkeley.AF_ALG, { type: 'hash', name: 'sha256', feature: 0, mask: 0 }],
  [berkeley.AF_QIPCRTR, { node: 1, port: 80 }],
  [berkeley.AF_RDS, { host: '192.0.2.1', port: 80 }],
];

/** The same address with one value at a time of the wrong type. */
function mistakesOf(address: Readonly<Record<string, unknown>>): object[] {
  return Object.keys(address).map(key => ({ ...address, [key]: Symbol(key) }));
}

describe('an invalid address', () => {
  for (const [number, address] of samples) {
    const { name } = driverOf(number);
    test(`of ${name} with ${Object.keys(address).join(', ')} is an error in one of these`, () => {
      const writer = new AddressWriter(driverOf(number));
      assert.doesNotThrow(() => writer.write(address as never));
      for (const mistake of mistakesOf(address)) {
        assert.throws(
          () => writer.write(mistake as never),
          (error: Error) => /address\.\w+/.test(error.message) && !/of family/.test(error.message),
          Object.keys(address).join(),
        );
      }
    });
  }
});
