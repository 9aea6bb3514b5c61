/**
 * Payloads that we pack: parsing them returns the object, and the kernel makes of them what it makes of the requests of
 * ip(8).
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasIpv6 } from 'berkeley';
import {
  attributeText,
  IFLA_IFNAME,
  IFLA_INFO_DATA,
  IFLA_LINKINFO,
  packLink,
  packLinkAddress,
  packNeighbour,
  packRoute,
  parseLink,
  parseLinkAddress,
  parseNeighbour,
  parseNetlinkAttributes,
  parseRoute,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_MAIN,
  RTA_IIF,
  RTN_UNICAST,
  RTPROT_BOOT,
  VETH_INFO_PEER,
} from 'berkeley/netlink';
import fc from 'fast-check';
import { needsDevice } from '../support/cable.js';
import { needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';

/** Objects like those that the parsers return. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { noNullPrototype: true });

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const index = fc.integer({ min: 0, max: 0x7fffffff });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const name = fc.stringMatching(/^[a-z0-9._:-]{1,15}$/);
const mac = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 32 })
  .map(bytes => bytes.map(byte => byte.toString(16).padStart(2, '0')).join(':'));

const inet = fc.ipV4();
/** As the kernel's address is formatted: without zeros that can be left out. */
const inet6 = fc
  .array(fc.integer({ min: 0x1000, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map(groups => groups.map(group => group.toString(16)).join(':'));

const link = record({
  ...{ index, name, flags: u32, mtu: u32, hardwareType: u16, hardwareAddress: maybe(mac) },
  ...{ hardwareBroadcast: maybe(mac), operationalState: u8, kind: maybe(name), master: maybe(u32) },
  ...{
    lower: maybe(u32),
    queueing: maybe(name),
    queueLength: maybe(u32),
    alias: maybe(fc.stringMatching(/^[^\0]{1,80}$/)),
  },
});

const families = [
  ['inet', inet, 32],
  ['inet6', inet6, 128],
] as const;

describe('packing and parsing are inverse', () => {
  test('for links', () => {
    fc.assert(fc.property(link, one => assert.deepEqual(parseLink(packLink(one)), one)));
  });

  for (const [family, host, bits] of families) {
    const prefixLength = fc.integer({ min: 0, max: bits });

    test(`for addresses of ${family}`, () => {
      const addresses = record({
        ...{ family: fc.constant(family), index: u32, address: host, peer: host, prefixLength },
        ...{ broadcast: maybe(host), scope: u8, flags: u32, label: maybe(name) },
      });
      fc.assert(fc.property(addresses, one => assert.deepEqual(parseLinkAddress(packLinkAddress(one)), one)));
    });

    test(`for routes of ${family}`, () => {
      const hop = record({
        ...{
          gateway: maybe(fc.oneof(inet, inet6)),
          index,
          weight: fc.integer({ min: 1, max: 256 }),
          flags: u8,
        },
      });
      const routes = record({
        ...{ family: fc.constant(family), destination: maybe(host), prefixLength, index: maybe(u32) },
        ...{ gateway: maybe(fc.oneof(inet, inet6)), nextHops: fc.array(hop, { maxLength: 4 }) },
        ...{ nextHopId: maybe(u32), preferredSource: maybe(host), metric: maybe(u32), table: u32 },
        ...{ protocol: u8, scope: u8, type: u8, flags: u32 },
      });
      fc.assert(fc.property(routes, one => assert.deepEqual(parseRoute(packRoute(one)), one)));
    });

    test(`for neighbours of ${family}`, () => {
      const neighbours = record({
        ...{ family: fc.constant(family), index, address: host, hardwareAddress: maybe(mac) },
        ...{ state: u16, flags: u8, type: u8 },
      });
      fc.assert(fc.property(neighbours, one => assert.deepEqual(parseNeighbour(packNeighbour(one)), one)));
    });
  }
});

describe('defaults', () => {
  test('of an address are its family, its whole length and itself as the peer', () => {
    const { family, peer, prefixLength, scope } = parseLinkAddress(
      packLinkAddress({ index: 1, address: '::1' }),
    )!;
    assert.deepEqual([family, peer, prefixLength, scope], ['inet6', '::1', 128, RT_SCOPE_UNIVERSE]);
  });

  test('of a route are those of ip route', () => {
    const route = (given: Parameters<typeof packRoute>[0]) => parseRoute(packRoute(given))!;
    const { table, protocol, type, scope, prefixLength } = route({ gateway: '192.0.2.254' });
    const expected = [RT_TABLE_MAIN, RTPROT_BOOT, RTN_UNICAST, RT_SCOPE_UNIVERSE, 0];
    assert.deepEqual([table, protocol, type, scope, prefixLength], expected);
    assert.equal(route({ destination: '192.0.2.1', index: 2 }).scope, RT_SCOPE_LINK);
    assert.equal(route({ destination: '192.0.2.1', index: 2 }).prefixLength, 32);
    assert.equal(route({ destination: '2001:db8::1', index: 2 }).scope, RT_SCOPE_UNIVERSE);
  });

  test('of the flags of a link that change are the flags that are set', () => {
    const change = (given: object) => packLink({ name: 'x', ...given }).readUInt32LE(12);
    assert.deepEqual([change({ flags: 5 }), change({ flags: 0, change: 1 }), change({})], [5, 1, 0]);
  });
});

test('attributes of the caller follow, also those of the kind', () => {
  const number = Buffer.from([1, 2, 3, 4]);
  const packed = packRoute({ destination: '192.0.2.1', index: 1, attributes: [[RTA_IIF, number]] });
  assert.deepEqual(parseNetlinkAttributes(packed.subarray(12)).get(RTA_IIF), number);
  const peer = packLink({ name: 'red' });
  const pair = packLink({ name: 'blue', kind: 'veth', kindAttributes: [[VETH_INFO_PEER, peer]] });
  const info = parseNetlinkAttributes(parseNetlinkAttributes(pair.subarray(16)).get(IFLA_LINKINFO)!);
  const inside = parseNetlinkAttributes(info.get(IFLA_INFO_DATA)!).get(VETH_INFO_PEER)!;
  assert.equal(attributeText(parseNetlinkAttributes(inside.subarray(16)).get(IFLA_IFNAME)), 'red');
});

test('invalid objects are refused, and the error names the property', () => {
  const address = { index: 1, address: '192.0.2.1' };
  for (const [call, code, message] of [
    [() => packLink({ name: 'x'.repeat(16) }), 'ERR_INVALID_ARG_VALUE', /'link\.name'/],
    [() => packLink({ index: 2 ** 31 }), 'ERR_OUT_OF_RANGE', /"link\.index"/],
    [() => packLink({ mtu: -1 }), 'ERR_OUT_OF_RANGE', /"link\.mtu"/],
    [() => packLink({ hardwareAddress: 'x' }), 'ERR_INVALID_ARG_VALUE', /'link\.hardwareAddress'/],
    [() => packLink({ kindAttributes: [] }), 'ERR_INVALID_ARG_VALUE', /'link\.kind'/],
    [
      () => packLink({ kind: 'veth', kindAttributes: [[-1, '']] }),
      'ERR_OUT_OF_RANGE',
      /link\.kindAttributes\[0\]/,
    ],
    [() => packLink({ attributes: [[-1, '']] }), 'ERR_OUT_OF_RANGE', /link\.attributes\[0\]/],
    [() => packLink({ mtuu: 1 } as never), 'ERR_INVALID_ARG_VALUE', /mtuu/],
    [
      () => packLinkAddress({ ...address, index: undefined } as never),
      'ERR_INVALID_ARG_TYPE',
      /"address\.index"/,
    ],
    [() => packLinkAddress({ index: 1 } as never), 'ERR_INVALID_ARG_TYPE', /"address\.address"/],
    [
      () => packLinkAddress({ ...address, family: 'inet6' }),
      'ERR_INVALID_ARG_VALUE',
      /'address\.address' .* IPv6/,
    ],
    [
      () => packLinkAddress({ ...address, family: 'x' as never }),
      'ERR_INVALID_ARG_VALUE',
      /'address\.family'/,
    ],
    [
      () => packLinkAddress({ ...address, broadcast: '::1' }),
      'ERR_INVALID_ARG_VALUE',
      /'address\.broadcast'/,
    ],
    [() => packLinkAddress({ ...address, prefixLength: 256 }), 'ERR_OUT_OF_RANGE', /"address\.prefixLength"/],
    [() => packNeighbour({ ...address, state: 65536 }), 'ERR_OUT_OF_RANGE', /"neighbour\.state"/],
    [() => packRoute({}), 'ERR_INVALID_ARG_VALUE', /'route\.family'/],
    [() => packRoute({ destination: 'x' }), 'ERR_INVALID_ARG_VALUE', /'route\.destination'/],
    [
      () => packRoute({ family: 'inet', nextHops: [{ weight: 0 }] }),
      'ERR_OUT_OF_RANGE',
      /nextHops\[0\]\.weight/,
    ],
    [() => packRoute({ family: 'inet', nextHops: 5 as never }), 'ERR_INVALID_ARG_TYPE', /"route\.nextHops"/],
    [
      () => packRoute({ family: 'inet', nextHops: [{ gateway: 'x' }] }),
      'ERR_INVALID_ARG_VALUE',
      /'route\.nextHops\[0\]\.gateway'/,
    ],
  ] as const)
    assert.throws(call, { code, message });
});

const needsIpv6 = !hasIpv6() && 'needs IPv6: modprobe ipv6';
const missing = needsNamespaces || needsIpv6 || needsDevice('veth') || needsDevice('bridge');

describe('the kernel makes the same of our requests as of those of ip(8)', { skip: missing }, () => {
  let ours: Namespace;
  let theirs: Namespace;
  before(() => {
    ours = new Namespace();
    theirs = new Namespace();
  });
  after(() => {
    for (const namespace of [ours, theirs]) namespace?.remove();
  });

  const program = fileURLToPath(new URL('./pack-program.js', import.meta.url));
  const run = (...args: string[]) => execFileSync(...ours.command(process.execPath, program, ...args));
  const runTheirs = (commands: readonly string[]) => {
    for (const command of commands) ip(command.split(' '), theirs);
  };

  /** Everything that ip(8) shows, without what the kernel adds to IPv6 links in its own time. */
  const shown = (namespace: Namespace) => {
    const isOfKernel = (text: unknown) => /^(fe80|ff00|multicast)/.test(String(text));
    const addresses = ip(['address', 'show'], namespace).map(({ ifname, addr_info }) => ({
      ifname,
      addresses: (addr_info as { local?: string }[]).filter(({ local }) => !isOfKernel(local)),
    }));
    const routes = ['-4', '-6'].map(family =>
      ip([family, 'route', 'show', 'table', 'all'], namespace).filter(({ dst }) => !isOfKernel(dst)),
    );
    // The state of a link follows that of its peer after a moment.
    const links = ip(['-d', 'link', 'show'], namespace).map(({ operstate: _, flags: __, ...one }) => one);
    const up = ip(['link', 'show'], namespace).map(({ flags }) => (flags as string[]).includes('UP'));
    return {
      ...{ links: withoutTimers(links), up, addresses, routes },
      neighbours: ip(['neighbour', 'show', 'nud', 'permanent'], namespace),
    };
  };

  test('to make links, addresses, neighbours and routes', () => {
    run();
    runTheirs([
      'link add blue address 02:00:00:00:00:01 mtu 1400 txqueuelen 77 type veth peer name red address 02:00:00:00:00:02',
      'link set lo up',
      'link set blue up',
      'link set red up',
      'link add name green address 02:00:00:00:00:03 type bridge',
      'link set red master green',
      'link set green up',
      'link set green down',
      'address add 192.0.2.1/24 broadcast 192.0.2.255 label blue:1 dev blue',
      'address add 192.0.2.9 peer 198.51.100.9 scope link dev blue',
      'address add 2001:db8::1/64 dev blue nodad',
      'neighbour add 192.0.2.254 lladdr 02:00:00:00:00:fe dev blue',
      'neighbour add 2001:db8::254 lladdr 02:00:00:00:00:fe dev blue',
      'route add 203.0.113.0/24 via 192.0.2.254',
      'route add 203.0.113.77 dev blue',
      'route add default via 192.0.2.254 metric 50 src 192.0.2.1',
      'route add 10.1.0.0/16 via inet6 2001:db8::254 dev blue',
      'route add 10.2.0.0/16 dev blue table 1000 protocol static',
      'route add 10.3.0.0/16 nexthop via 192.0.2.254 dev blue weight 3 nexthop via 192.0.2.253 dev blue',
      'route add blackhole 10.4.0.0/16',
      '-6 route add 2001:db8:1::/48 via 2001:db8::254',
      '-6 route add default dev blue metric 7',
    ]);
    ip(['link', 'set', 'blue', 'alias', 'the blue end'], theirs);
    const expected = shown(theirs);
    assert.deepEqual(shown(ours), expected);
    assert.ok(
      expected.links.length === 4 && expected.routes[0]!.length > 8 && expected.routes[1]!.length > 3,
    );
    assert.equal(expected.neighbours.length, 2);
  });

  test('to delete them', () => {
    run('delete');
    runTheirs([
      'route del 10.1.0.0/16',
      'route del 10.2.0.0/16 table 1000',
      'route del 10.3.0.0/16',
      'route del blackhole 10.4.0.0/16',
      '-6 route del 2001:db8:1::/48',
      'route del 203.0.113.77',
      'neighbour del 192.0.2.254 dev blue',
      'address del 192.0.2.9 peer 198.51.100.9 dev blue',
      'address del 2001:db8::1/64 dev blue',
      'link del dev green',
    ]);
    const left = shown(ours);
    assert.deepEqual(left, shown(theirs));
    assert.ok(left.links.length === 3 && left.neighbours.length === 1);
  });
});

/** Removes the timers of a bridge, which count. */
function withoutTimers(value: unknown): unknown[] {
  const text = JSON.stringify(value, (key, part) =>
    /timer|_id$|cost|ifindex|^link$/.test(key) ? undefined : part,
  );
  return JSON.parse(text) as unknown[];
}
