/** AF_HYPERV: its addresses, as far as they can be tested without Windows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  formatAddress,
  HV_GUID_BROADCAST,
  HV_GUID_CHILDREN,
  HV_GUID_LOOPBACK,
  HV_GUID_PARENT,
  HV_GUID_WILDCARD,
  HV_GUID_ZERO,
  parseAddress,
  vsockServiceId,
} from 'berkeley';
import { HV_GUID_SILOHOST, HV_GUID_VSOCK_TEMPLATE } from 'berkeley/constants';
import type { hyperv as HypervRoom } from '../../src/families/hyperv/hyperv.js';
import { built } from '../tables/constants.js';

const { hyperv } = (await import(built('src/families/hyperv/hyperv.ts'))) as { hyperv: typeof HypervRoom };

describe('addresses of AF_HYPERV', () => {
  test('every machine name of hvsocket.h is accepted', () => {
    const names = [
      ...[HV_GUID_ZERO, HV_GUID_WILDCARD, HV_GUID_BROADCAST, HV_GUID_CHILDREN, HV_GUID_LOOPBACK],
      ...[HV_GUID_PARENT, HV_GUID_SILOHOST, HV_GUID_VSOCK_TEMPLATE],
    ];
    for (const vmId of names) {
      const bytes = hyperv.encode({ vmId, serviceId: HV_GUID_VSOCK_TEMPLATE });
      assert.deepEqual(hyperv.decode(bytes, bytes.length), {
        family: 'hyperv',
        vmId,
        serviceId: HV_GUID_VSOCK_TEMPLATE,
      });
    }
  });

  test('GUIDs are accepted in any case, and returned in lower case', () => {
    const small = { family: 'hyperv', vmId: HV_GUID_PARENT, serviceId: HV_GUID_LOOPBACK } as const;
    const large = { vmId: HV_GUID_PARENT.toUpperCase(), serviceId: HV_GUID_LOOPBACK.toUpperCase() };
    assert.deepEqual(hyperv.encode(large), hyperv.encode(small));
    assert.deepEqual(parseAddress(formatAddress({ family: 'hyperv', ...large })), small);
  });

  test('the service of a vsock port has the port in its first eight digits', () => {
    assert.equal(vsockServiceId(0), HV_GUID_VSOCK_TEMPLATE);
    assert.equal(vsockServiceId(1234), '000004d2-facb-11e6-bd58-64006a7986d3');
    assert.equal(vsockServiceId(0xffffffff), 'ffffffff-facb-11e6-bd58-64006a7986d3');
    for (const port of [-1, 2 ** 32, 0.5])
      assert.throws(() => vsockServiceId(port), { code: 'ERR_OUT_OF_RANGE', message: /"port"/ });
    assert.throws(() => vsockServiceId('1' as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });

  test('invalid text is not parsed as an address', () => {
    const bad = [`{${HV_GUID_ZERO}}`, HV_GUID_ZERO.slice(1), HV_GUID_ZERO.replaceAll('-', ''), 'g', ''];
    for (const guid of bad) {
      for (const text of [`hyperv:${guid}:${HV_GUID_ZERO}`, `hyperv:${HV_GUID_ZERO}:${guid}`])
        assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' }, text);
      const address = { vmId: HV_GUID_ZERO, serviceId: HV_GUID_ZERO };
      for (const name of ['vmId', 'serviceId'])
        assert.throws(() => hyperv.encode({ ...address, [name]: guid }), {
          code: 'ERR_INVALID_ARG_VALUE',
          message: new RegExp(`address\\.${name}.*must be a GUID`),
        });
    }
    assert.throws(() => hyperv.encode({ vmId: HV_GUID_ZERO } as never), {
      code: 'ERR_INVALID_ARG_TYPE',
      message: /address\.serviceId/,
    });
    assert.throws(() => hyperv.encode({ family: 'vsock', cid: 1, port: 2 } as never), {
      code: 'ERR_INVALID_ARG_VALUE',
      message: /address\.family/,
    });
  });
});
