/** Multicast packets on the wire: their interface, source and TTL; and which incoming ones are received. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { AF_INET, AF_INET6, AF_PACKET, if_nametoindex, PACKET_OUTGOING, SOCK_DGRAM, Socket } from 'berkeley';
import { ETH_P_ALL } from 'berkeley/constants';
import { ip as ip4, ipv6, multicast, so } from 'berkeley/options';
import { Cable } from '../support/cable.js';
import { needsNamespaces } from '../support/kernel.js';
import { ip, type Namespace } from '../support/namespaces.js';
import { until } from '../support/until.js';

type Inet = Socket<'inet'> | Socket<'inet6'>;

const GROUP = '239.79.1.1';
const GROUP6 = 'ff05::79:1';
const PORT = 47_911;
const wait = { timeout: 10_000 };

/** The fields of an IP packet on the wire. */
interface Seen {
  readonly interface: string;
  readonly source: string;
  readonly hops: number;
}

function parse(packet: Buffer): { source: string; hops: number; port: number } | undefined {
  if (packet[0]! >> 4 === 4) {
    const source = packet.subarray(12, 16).join('.');
    return { source, hops: packet[8]!, port: packet.readUInt16BE((packet[0]! & 15) * 4 + 2) };
  }
  if (packet[0]! >> 4 !== 6 || packet[6] !== 17) return undefined;
  const source = new URL(`http://[${packet.subarray(8, 24).toString('hex').match(/.{4}/g)!.join(':')}]`);
  return { source: source.hostname.slice(1, -1), hops: packet[7]!, port: packet.readUInt16BE(42) };
}

/** Returns an outgoing packet to the test's port; `undefined` if there is none for 100 ms. */
async function leaving(wire: Socket<'packet'>): Promise<Seen | undefined> {
  for await (const { data, address } of wire.datagrams({ until: AbortSignal.timeout(100) })) {
    const packet = parse(data);
    if (packet?.port !== PORT || address?.packetType !== PACKET_OUTGOING) continue;
    return { interface: address.interface, source: packet.source, hops: packet.hops };
  }
  return undefined;
}

/**
 * Sends to a group, and returns the packets that leave by any interface. It sends repeatedly, because a new
 * link drops packets until it is up.
 */
async function sent(from: Inet, group: string): Promise<Seen> {
  using wire = new Socket(AF_PACKET, SOCK_DGRAM);
  wire.bind({ interface: '', protocol: ETH_P_ALL });
  for (let attempt = 0; attempt < 50; attempt++) {
    await (from as Socket<'inet'>).sendto('x', { host: group, port: PORT });
    const seen = await leaving(wire);
    if (seen !== undefined) return seen;
  }
  throw new Error(`nothing was sent to ${group}`);
}

describe('outgoing packets', { skip: needsNamespaces }, () => {
  let cable: Cable;
  let other: Cable;
  /** A second IPv4 address and a second IPv6 address of the cable's interface. */
  let second: string;
  let second6: string;

  before(() => {
    [cable, other] = [new Cable(40), new Cable(41)];
    second = '198.51.100.245';
    second6 = `${cable.here6}05`;
    ip(['address', 'add', `${second}/32`, 'dev', cable.name]);
    ip(['address', 'add', `${second6}/64`, 'dev', cable.name, 'nodad']);
  });
  after(() => {
    cable[Symbol.dispose]();
    other[Symbol.dispose]();
  });

  const interfaces = (): [by: string | number, name: string, source: string][] => [
    [cable.name, cable.name, cable.here],
    [if_nametoindex(cable.name), cable.name, cable.here],
    [cable.here, cable.name, cable.here],
    [second, cable.name, second],
    [other.name, other.name, other.here],
    [other.here, other.name, other.here],
    ['127.0.0.1', 'lo', '127.0.0.1'],
    ['lo', 'lo', '127.0.0.1'],
  ];

  test('IPv4 leaves by the interface that was set, from its first address or the given one', async () => {
    for (const [by, name, source] of interfaces()) {
      using from = new Socket(AF_INET, SOCK_DGRAM);
      multicast.setInterface(from, by);
      assert.deepEqual(await sent(from, GROUP), { interface: name, source, hops: 1 }, String(by));
      assert.equal(from.getOption(ip4.multicastIf), source);
    }
  });

  test('setsockopt with bytes has the same effect', async () => {
    for (const [by, name, source] of interfaces()) {
      using from = new Socket(AF_INET, SOCK_DGRAM);
      from.setOption(ip4.multicastIf, by);
      assert.deepEqual(await sent(from, GROUP), { interface: name, source, hops: 1 }, String(by));
    }
  });

  test('an IPv6 socket sends to IPv4 groups in the same way', async () => {
    for (const [by, name, source] of interfaces()) {
      using from = new Socket(AF_INET6, SOCK_DGRAM);
      multicast.setInterface(from, by);
      multicast.setHops(from, 3);
      const seen = await sent(from, `::ffff:${GROUP}`);
      assert.deepEqual(seen, { interface: name, source, hops: 3 }, String(by));
    }
  });

  test('0 and an empty name reset it', async () => {
    for (const none of [0, '']) {
      using from = new Socket(AF_INET, SOCK_DGRAM);
      multicast.setInterface(from, second);
      multicast.setInterface(from, none);
      assert.equal(from.getOption(ip4.multicastIf), '0.0.0.0');
      using six = new Socket(AF_INET6, SOCK_DGRAM);
      multicast.setInterface(six, cable.name);
      multicast.setInterface(six, none);
      assert.equal(six.getOption(ipv6.multicastIf), 0);
    }
  });

  test('IPv6 leaves by the interface that was set, from one of its addresses', async () => {
    const index = if_nametoindex(cable.name);
    for (const by of [cable.name, index, cable.here6, second6, cable.here]) {
      using from = new Socket(AF_INET6, SOCK_DGRAM);
      multicast.setInterface(from, by);
      const seen = await sent(from, GROUP6);
      assert.equal(seen.interface, cable.name, String(by));
      assert.ok([cable.here6, second6].includes(seen.source), `${by}: ${seen.source}`);
    }
    const [local] = networkInterfaces()[cable.name]!.filter(({ address }) => address.startsWith('fe80:'));
    using from = new Socket(AF_INET6, SOCK_DGRAM);
    multicast.setInterface(from, `${local!.address}%${cable.name}`);
    assert.equal((await sent(from, GROUP6)).interface, cable.name);
  });

  test('IPv6 leaves from the address that the socket is bound to', async () => {
    for (const host of [cable.here6, second6]) {
      using from = new Socket(AF_INET6, SOCK_DGRAM);
      from.bind({ host, port: 0 });
      multicast.setInterface(from, host);
      assert.deepEqual(await sent(from, GROUP6), { interface: cable.name, source: host, hops: 1 });
    }
  });

  test('the TTL and hop limit are as set', async () => {
    for (const hops of [1, 7, 255]) {
      using four = new Socket(AF_INET, SOCK_DGRAM);
      using six = new Socket(AF_INET6, SOCK_DGRAM);
      for (const from of [four, six]) {
        multicast.setInterface(from, cable.name);
        multicast.setHops(from, hops);
      }
      assert.equal((await sent(four, GROUP)).hops, hops);
      assert.equal((await sent(six, GROUP6)).hops, hops);
    }
  });

  test('loopback controls whether this machine receives its own packets', async () => {
    for (const [family, group] of [
      [AF_INET, GROUP],
      [AF_INET6, GROUP6],
      [AF_INET6, `::ffff:${GROUP}`],
    ] as const) {
      const member = new Socket(family as typeof AF_INET, SOCK_DGRAM);
      const from = new Socket(family as typeof AF_INET, SOCK_DGRAM);
      member.bind({ host: '', port: PORT + 1 });
      multicast.join(member, { group: group.replace('::ffff:', ''), interface: cable.name });
      multicast.setInterface(from, cable.name);
      for (const on of [false, true]) {
        multicast.setLoopback(from, on);
        await from.sendto(String(on), { host: group, port: PORT + 1 });
      }
      assert.equal(String(await member.recv(10, wait)), 'true', group);
      member.close();
      from.close();
    }
  });
});

// A processor delivers packets in their order, so the last one of a program that stays on its processor arrives last.
const SENDER = [
  'import os, socket, sys',
  'os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})',
  'for line in sys.stdin:',
  '  group, port, here, *sources = line.split()',
  '  six = ":" in group',
  '  for source in sources:',
  '    s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM)',
  '    s.bind((source, 0))',
  '    if six: s.setsockopt(41, socket.IPV6_MULTICAST_IF, socket.if_nametoindex("eth0"))',
  '    else: s.setsockopt(0, socket.IP_MULTICAST_IF, socket.inet_aton(source))',
  '    s.sendto(source.encode(), (group, int(port)))',
  '  s.sendto(b"the end", (here, int(port)))',
  '  print("sent", flush=True)',
].join('\n');

/**
 * A program at the other end of a cable. It sends to groups, and the data is the text of the source address. Then it sends
 * `the end` to this end of the cable.
 */
class Sender {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(private readonly cable: Cable) {
    const command = cable.namespace.command('python3', '-c', SENDER);
    this.#child = spawn(...command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async send(group: string, sources: readonly string[]): Promise<void> {
    const here = group.includes(':') ? this.cable.here6 : this.cable.here;
    this.#child.stdin!.write(`${[group, PORT + 2, here, ...sources].join(' ')}\n`);
    assert.equal((await this.#answers.next()).value, 'sent');
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

describe('incoming packets', { skip: needsNamespaces }, () => {
  let cable: Cable;
  let other: Cable;
  let theirs: Sender;
  let others: Sender;
  /** A second IPv4 address of this end, and a second sender at the other end. */
  const second = '198.51.100.246';
  const sender = '198.51.100.247';
  before(() => {
    [cable, other] = [new Cable(42), new Cable(43)];
    ip(['address', 'add', `${second}/32`, 'dev', cable.name]);
    ip(['address', 'add', `${sender}/32`, 'dev', 'eth0'], cable.namespace);
    ip(['route', 'add', `${sender}/32`, 'dev', cable.name]);
    [theirs, others] = [new Sender(cable), new Sender(other)];
  });
  after(() => {
    theirs.close();
    others.close();
    cable[Symbol.dispose]();
    other[Symbol.dispose]();
  });

  function listener(family: typeof AF_INET | typeof AF_INET6): Socket<'inet'> {
    const socket = new Socket(family as typeof AF_INET, SOCK_DGRAM);
    socket.setOption(so.reuseaddr, true);
    socket.bind({ host: '', port: PORT + 2 });
    multicast.setAll(socket, false);
    return socket;
  }

  /** What a member receives from these senders, and from one at the end of the other cable. */
  async function heard(member: Socket<'inet'>, group: string, sources: readonly string[]): Promise<string[]> {
    const all: string[] = [];
    await others.send(group, [group.includes(':') ? other.there6 : other.there]);
    await theirs.send(group, sources);
    for (let ends = 0; ends < 2; ) {
      const { data, address } = await member.recvfrom(100, wait);
      if (String(data) === 'the end') ends++;
      else {
        assert.ok(address?.host.endsWith(String(data)), `${address?.host}: ${data}`);
        all.push(String(data));
      }
    }
    return all;
  }

  const ways = (): (string | number)[] => [cable.name, if_nametoindex(cable.name), cable.here, second];
  const ways6 = (): (string | number)[] => [cable.name, if_nametoindex(cable.name), cable.here6];

  for (const [name, family, group, by] of [
    ['IPv4', AF_INET, GROUP, ways],
    ['IPv6', AF_INET6, GROUP6, ways6],
    ['an IPv6 socket with IPv4', AF_INET6, GROUP, ways],
  ] as const) {
    const isV6 = group.includes(':');
    const senders = (): string[] => (isV6 ? [cable.there6] : [cable.there, sender]);

    test(`${name}: join and leave`, async () => {
      const all = by();
      for (const [i, joined] of all.entries()) {
        using member = listener(family);
        const left = all[(i + 1) % all.length]!;
        multicast.join(member, { group, interface: joined });
        assert.deepEqual(await heard(member, group, senders()), senders(), `joined by ${joined}`);
        multicast.leave(member, { group, interface: left });
        assert.deepEqual(await heard(member, group, senders()), [], `joined by ${joined}, left by ${left}`);
      }
    });

    test(`${name}: only one source`, async () => {
      for (const way of by()) {
        using member = listener(family);
        const [source = ''] = senders();
        multicast.join(member, { group, interface: way, source });
        assert.deepEqual(await heard(member, group, senders()), [source], String(way));
        multicast.leave(member, { group, interface: way, source });
        assert.deepEqual(await heard(member, group, senders()), [], String(way));
      }
    });

    test(`${name}: blocked sources, and lists of them`, async () => {
      for (const way of by()) {
        using member = listener(family);
        const where = { group, interface: way };
        const [source = '', ...rest] = senders();
        multicast.join(member, where);
        multicast.block(member, { ...where, source });
        assert.deepEqual(await heard(member, group, senders()), rest, String(way));
        assert.deepEqual(multicast.sources(member, where), { mode: 'exclude', sources: [source] });
        multicast.unblock(member, { ...where, source });
        assert.deepEqual(await heard(member, group, senders()), senders(), String(way));
        multicast.setSources(member, { ...where, mode: 'include', sources: [source] });
        assert.deepEqual(await heard(member, group, senders()), [source], String(way));
        assert.deepEqual(multicast.sources(member, where), { mode: 'include', sources: [source] });
      }
    });
  }

  /** The state of this end of the cable, which the kernel changes some time after the carrier (net/core/link_watch.c). */
  function state(name = cable.name, where?: Namespace): string {
    return String(ip(['link', 'show', name], where)[0]!.operstate);
  }

  test('a group can be joined without a carrier, and is received when the carrier is up', async () => {
    for (const [family, group, address] of [
      [AF_INET, GROUP, cable.here],
      [AF_INET, GROUP, second],
      [AF_INET6, GROUP6, cable.here6],
    ] as const) {
      using member = listener(family);
      ip(['link', 'set', 'eth0', 'down'], cable.namespace);
      try {
        await until(() => /DOWN$/.test(state()));
        assert.match(state(), /DOWN$/);
        multicast.join(member, { group, interface: address });
        using from = new Socket(family as typeof AF_INET, SOCK_DGRAM);
        multicast.setInterface(from, address);
      } finally {
        ip(['link', 'set', 'eth0', 'up'], cable.namespace);
        ip(['address', 'replace', `${cable.there6}/64`, 'dev', 'eth0', 'nodad'], cable.namespace);
      }
      await until(() => state() === 'UP' && state('eth0', cable.namespace) === 'UP');
      const source = group.includes(':') ? cable.there6 : cable.there;
      assert.deepEqual(await heard(member, group, [source]), [source], address);
    }
  });

  test('an address that belongs to no interface is refused', () => {
    using four = listener(AF_INET);
    using six = listener(AF_INET6);
    const missing = { code: 'EADDRNOTAVAIL' };
    for (const address of ['192.0.2.77', '2001:db8::77']) {
      assert.throws(() => multicast.setInterface(four, address), missing, address);
      assert.throws(() => multicast.setInterface(six, address), missing, address);
      for (const member of [four, six])
        assert.throws(() => multicast.join(member, { group: GROUP, interface: address }), missing, address);
      assert.throws(() => multicast.join(six, { group: GROUP6, interface: address }), missing, address);
    }
  });
});
