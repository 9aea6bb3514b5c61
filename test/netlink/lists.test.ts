/**
 * What `berkeley/netlink` lists and reports, compared with iproute2: links, addresses, routes and neighbours.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as c from 'berkeley/netlink';
import { needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { Child } from '../support/running.js';

const program = fileURLToPath(new URL('netlink-program.js', import.meta.url));

type Row = Record<string, unknown>;

interface Lists {
  readonly links: c.Link[];
  readonly addresses: c.LinkAddress[];
  readonly routes: c.Route[];
  readonly neighbours: c.Neighbour[];
}

/**
 * The namespace of the test: links, addresses, routes and neighbours of every kind that the package lists.
 */
const SETUP = `
link add va type veth peer name vb
link add br0 type bridge
link set vb master br0 alias "the other end"
link set va mtu 1400 txqueuelen 77 up
link set vb up
link set br0 up
link set vc up
address add 198.51.100.1/24 brd + dev va label va:one
address add 198.51.100.2/24 dev va
address add 203.0.113.1 peer 203.0.113.2/32 dev vc scope link
address add 2001:db8::1/64 dev va nodad
address add 2001:db8:1::1 peer 2001:db8:1::2/128 dev vc nodad preferred_lft 0 valid_lft 1000
address add 2001:db8:2::1/64 dev vc nodad noprefixroute
route add 192.0.2.0/24 via 198.51.100.9 dev va metric 7 src 198.51.100.2
route add default via 198.51.100.8
route add default via 2001:db8::8
route add blackhole 192.0.2.128/25 table 100
route add unreachable 2001:db8:ffff::/48
route add prohibit 10.7.0.0/16 table 1000000
route add 10.0.0.0/8 nexthop via 198.51.100.9 weight 3 nexthop dev vc weight 250
route add 2001:db8:a::/48 nexthop via 2001:db8::9 nexthop via 2001:db8::8 weight 2
route add 10.9.0.0/16 via inet6 2001:db8::7 dev va
nexthop add id 12 via 198.51.100.10 dev va
route add 10.8.0.0/16 nhid 12
neighbour add 198.51.100.9 lladdr 02:00:00:00:00:09 dev va
neighbour add 2001:db8::9 lladdr 02:00:00:00:00:0a dev va nud stale router
`;

/** The names that iproute2 gives to bits. */
const named = (value: number, names: Readonly<Record<string, number>>): string[] =>
  Object.entries(names)
    .filter(([, bit]) => value & bit)
    .map(([name]) => name)
    .sort();

const linkFlags = (flags: number): string[] => {
  const { IFF_UP: UP, IFF_LOWER_UP: LOWER_UP, IFF_LOOPBACK: LOOPBACK, IFF_BROADCAST: BROADCAST } = c;
  const { IFF_MULTICAST: MULTICAST, IFF_NOARP: NOARP, IFF_PROMISC: PROMISC, IFF_POINTOPOINT } = c;
  const bits = { UP, LOWER_UP, LOOPBACK, BROADCAST, MULTICAST, NOARP, PROMISC, POINTOPOINT: IFF_POINTOPOINT };
  const carrier = flags & c.IFF_UP && !(flags & c.IFF_RUNNING) ? ['NO-CARRIER'] : [];
  return [...carrier, ...named(flags, bits)].sort();
};

const STATES = ['UNKNOWN', 'NOTPRESENT', 'DOWN', 'LOWERLAYERDOWN', 'TESTING', 'DORMANT', 'UP'];

const addressFlags = {
  secondary: c.IFA_F_SECONDARY,
  tentative: c.IFA_F_TENTATIVE,
  deprecated: c.IFA_F_DEPRECATED,
  nodad: c.IFA_F_NODAD,
  noprefixroute: c.IFA_F_NOPREFIXROUTE,
};

const neighbourStates = {
  INCOMPLETE: c.NUD_INCOMPLETE,
  REACHABLE: c.NUD_REACHABLE,
  STALE: c.NUD_STALE,
  DELAY: c.NUD_DELAY,
  PROBE: c.NUD_PROBE,
  FAILED: c.NUD_FAILED,
  NOARP: c.NUD_NOARP,
  PERMANENT: c.NUD_PERMANENT,
};

/** Our results in the format of iproute2: with names of interfaces, and prefixes in the addresses. */
function asTheySay({ links, addresses, routes, neighbours }: Lists) {
  const nameOf = (index: number | undefined) => links.find(link => link.index === index)?.name;
  const prefixed = (host: string | undefined, length: number, whole: number) =>
    host === undefined ? 'default' : length === whole ? host : `${host}/${length}`;
  return {
    links: links.map(link => ({
      ifindex: link.index,
      ifname: link.name,
      flags: linkFlags(link.flags),
      mtu: link.mtu,
      operstate: STATES[link.operationalState],
      address: link.hardwareAddress,
      broadcast: link.hardwareBroadcast,
      kind: link.kind,
      master: nameOf(link.master),
      lower: link.lower,
      qdisc: link.queueing,
      txqlen: link.queueLength,
      ifalias: link.alias,
    })),
    addresses: addresses.map(address => ({
      index: address.index,
      family: address.family,
      local: address.address,
      address: address.peer === address.address ? undefined : address.peer,
      prefixlen: address.prefixLength,
      broadcast: address.broadcast,
      scope: String(address.scope),
      label: address.label,
      flags: named(address.flags, addressFlags),
    })),
    routes: routes.map(route => ({
      type: String(route.type),
      dst: prefixed(route.destination, route.prefixLength, route.family === 'inet' ? 32 : 128),
      gateway: route.gateway,
      dev: nameOf(route.index),
      table: String(route.table),
      protocol: String(route.protocol),
      scope: String(route.scope),
      prefsrc: route.preferredSource,
      metric: route.metric,
      nhid: route.nextHopId,
      nexthops: route.nextHops.map(({ gateway, index, weight }) => ({ gateway, dev: nameOf(index), weight })),
    })),
    neighbours: neighbours.map(neighbour => ({
      dst: neighbour.address,
      dev: nameOf(neighbour.index),
      lladdr: neighbour.hardwareAddress,
      router: (neighbour.flags & c.NTF_ROUTER) !== 0,
      state: named(neighbour.state, neighbourStates),
    })),
  };
}

/** The output of iproute2, reduced to the fields that are compared. */
function theirs(namespace: Namespace) {
  const ask = (...args: string[]) => ip(['-d', '-N', ...args], namespace);
  const links = ask('link');
  const indexOf = (name: unknown) => links.find(({ ifname }) => ifname === name)?.ifindex;
  return {
    links: links.map(link => ({
      ifindex: link.ifindex,
      ifname: link.ifname,
      flags: (link.flags as string[]).sort(),
      mtu: link.mtu,
      operstate: link.operstate,
      address: link.address,
      broadcast: link.broadcast,
      kind: (link.linkinfo as Row | undefined)?.info_kind,
      master: link.master,
      lower: link.link_index ?? indexOf(link.link),
      qdisc: link.qdisc,
      txqlen: link.txqlen,
      ifalias: link.ifalias,
    })),
    addresses: ask('address').flatMap(link =>
      (link.addr_info as Row[]).map(info => ({
        index: link.ifindex,
        family: info.family,
        local: info.local,
        address: info.address,
        prefixlen: info.prefixlen,
        broadcast: info.broadcast,
        scope: info.scope,
        label: info.label,
        flags: Object.keys(addressFlags)
          .filter(name => info[name])
          .sort(),
      })),
    ),
    routes: ask('route', 'show', 'table', 'all').map(route => ({
      type: route.type,
      dst: route.dst,
      gateway: route.gateway ?? (route.via as Row | undefined)?.host,
      dev: route.dev,
      table: route.table,
      protocol: route.protocol,
      scope: route.scope,
      prefsrc: route.prefsrc,
      metric: route.metric,
      nhid: route.nhid,
      nexthops: ((route.nexthops as Row[] | undefined) ?? []).map(({ gateway, dev, weight }) => ({
        gateway,
        dev,
        weight,
      })),
    })),
    neighbours: ask('neighbour', 'show', 'nud', 'all').map(neighbour => ({
      dst: neighbour.dst,
      dev: neighbour.dev,
      lladdr: neighbour.lladdr,
      router: 'router' in neighbour,
      state: neighbour.state,
    })),
  };
}

const sorted = <T>(rows: readonly T[]): string[] => rows.map(row => JSON.stringify(row)).sort();
const inOrder = (lists: object) => Object.entries(lists).map(([name, rows]) => [name, ...sorted(rows)]);

describe('a namespace that has something of every kind', { skip: needsNamespaces }, () => {
  let namespace: Namespace;
  let other: Namespace;
  before(async () => {
    namespace = new Namespace();
    other = new Namespace();
    const still = ['all', 'default'].map(name => `net.ipv6.conf.${name}.accept_dad=0`);
    await new Child(...namespace.command('sysctl', '-w', ...still)).ends();
    ip(['link', 'add', 'vc', 'type', 'veth', 'peer', 'name', 'vd', 'netns', other.name], namespace);
    ip(['link', 'set', 'vd', 'up'], other);
    const input = SETUP.trimStart();
    execFileSync('ip', ['-n', namespace.name, '-batch', '-'], { input, encoding: 'utf8' });
  });
  after(() => {
    namespace.remove();
    other.remove();
  });

  test('links, addresses, routes and neighbours are as ip -j lists them, IPv4 and IPv6', async () => {
    for (let attempt = 0; ; attempt++) {
      const earlier = inOrder(theirs(namespace));
      const output = await new Child(...namespace.command(process.execPath, program)).ends();
      const later = inOrder(theirs(namespace));
      // Neighbours age and bridges learn, so only constant fields can be compared.
      if (attempt < 20 && JSON.stringify(earlier) !== JSON.stringify(later)) continue;
      const [ours, oursSync] = JSON.parse(output) as [Lists, Lists];
      assert.deepEqual(inOrder(asTheySay(ours)), later);
      assert.deepEqual(inOrder(asTheySay(oursSync)), later, 'the Sync face');
      break;
    }
    const { routes, neighbours, addresses } = theirs(namespace);
    assert.ok(routes.length > 20 && neighbours.length > 1 && addresses.length > 8);
  });
});

describe('changes', { skip: needsNamespaces }, () => {
  const name = `bk${process.pid % 100000}`;
  before(() => execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]));
  after(() => spawnSync('ip', ['link', 'del', name]));

  /** One line per event. */
  const told = (event: c.RouteEvent): string => {
    const gone = event.removed ? '- ' : '+ ';
    if (event.kind === 'lost') return 'lost';
    if (event.kind === 'address') return `${gone}${event.address.address}/${event.address.prefixLength}`;
    if (event.kind === 'route') return `${gone}${event.route.destination} via ${event.route.gateway}`;
    if (event.kind === 'neighbour')
      return `${gone}${event.neighbour.address} ${event.neighbour.hardwareAddress}`;
    const { link } = event;
    return `${gone}${link.name} ${link.flags & c.IFF_UP ? 'up' : 'down'}`;
  };

  test('of links, addresses, routes and neighbours are reported as ip makes them', async () => {
    const signal = AbortSignal.timeout(30_000);
    await using events = c.watchRoutes({ kinds: ['link', 'address', 'route', 'neighbour'], signal });
    const input = `
link set ${name} up
link set ${name}p up
address add 10.76.0.7/24 dev ${name}
address add 2001:db8:7::1/64 dev ${name} nodad
route add 10.76.1.0/24 via 10.76.0.8 dev ${name}
route add 2001:db8:8::/48 via 2001:db8:7::2 dev ${name}
neighbour add 10.76.0.8 lladdr 02:00:00:00:00:08 dev ${name}
neighbour add 2001:db8:7::2 lladdr 02:00:00:00:00:09 dev ${name}
neighbour del 2001:db8:7::2 dev ${name}
route del 10.76.1.0/24
address del 10.76.0.7/24 dev ${name}
link add ${name}q type veth peer name ${name}r
link del ${name}q
`;
    execFileSync('ip', ['-batch', '-'], { input: input.trimStart() });
    // In any order, because the kernel reports IPv6 addresses with a delay.
    const wanted = new Set([
      `+ ${name} up`,
      '+ 10.76.0.7/24',
      '+ 2001:db8:7::1/64',
      '+ 10.76.1.0 via 10.76.0.8',
      '+ 2001:db8:8:: via 2001:db8:7::2',
      '+ 10.76.0.8 02:00:00:00:00:08',
      '+ 2001:db8:7::2 02:00:00:00:00:09',
      '- 2001:db8:7::2 undefined',
      '- 10.76.1.0 via 10.76.0.8',
      '- 10.76.0.7/24',
      `+ ${name}q down`,
      `- ${name}q down`,
    ]);
    for await (const event of events) {
      wanted.delete(told(event));
      if (wanted.size === 0) break;
    }
  });

  test('are limited to the requested kinds, and unknown kinds are rejected', async () => {
    await using events = c.watchRoutes({ kinds: ['address'], timeout: 20_000 });
    execFileSync('ip', ['link', 'set', name, 'mtu', '1300']);
    execFileSync('ip', ['address', 'add', '10.76.0.99/32', 'dev', name]);
    const { value } = await events.next();
    assert.equal(value?.kind, 'address');
    assert.throws(() => c.watchRoutes({ kinds: ['addresses' as never] }), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  test('that exceed the receive buffer are reported as lost, and later ones arrive', async t => {
    await using events = c.watchRoutes({ kinds: ['address'], timeout: 20_000 });
    const lines = (verb: string) =>
      Array.from({ length: 3000 }, (_, i) => `address ${verb} 10.77.${i >> 8}.${i & 255}/32 dev ${name}\n`);
    execFileSync('ip', ['-batch', '-'], { input: lines('add').join('') });
    const first = await events.next();
    assert.deepEqual(first.value, { kind: 'lost' }, 'the loss is told first, and then what was kept');
    // The kernel queues nothing more until all of that has been read (NETLINK_S_CONGESTED in af_netlink.c).
    const again = setInterval(() => {
      for (const verb of ['add', 'del']) spawnSync('ip', ['address', verb, '10.76.0.98/32', 'dev', name]);
    }, 100);
    t.after(() => clearInterval(again));
    let count = 0;
    for await (const event of events) {
      if (told(event) === '+ 10.76.0.98/32') break;
      count++;
    }
    assert.ok(count > 0 && count < 3000, `${count} of 3000 were kept`);
  });
});
