/**
 * Joined, left and filtered groups appear in `ip maddr` and the kernel's tables, and determine which
 * datagrams arrive.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, type Family, SOCK_DGRAM, Socket } from 'berkeley';
import { ip, ipv6, multicast } from 'berkeley/options';
import { needsCommand, type Skip } from '../support/kernel.js';

/** The loopback interface exists everywhere, and has two IPv4 addresses to send from. */
const DEVICE = 'lo';

type Inet = Socket<'inet'> | Socket<'inet6'>;

/** A family, and the format of its groups in the kernel's tables. */
interface Subject {
  readonly family: Family<'inet'> | Family<'inet6'>;
  /** Groups that no other process joins: the last part comes from the process id. */
  readonly groups: readonly [string, string];
  readonly sources: readonly [string, string];
  /** An address of the interface. */
  readonly address: string;
  /** The address in the format of the filter table. */
  readonly hex: (host: string) => string;
  /** The number of sockets that have joined a group, from the table of members. */
  readonly members: (group: string) => number;
  readonly filters: string;
}

const part = 1 + (process.pid % 250);
const v4 = (host: string) => Buffer.from(host.split('.').map(Number)).toString('hex');

/** `ff02::1:2` in full: eight groups of four digits. */
function v6(host: string): string {
  const [head = '', tail = ''] = host.split('::').map(half => half.split(':').filter(word => word !== ''));
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...middle, ...tail].map(word => word.padStart(4, '0')).join('');
}

/** Lines of /proc/net/igmp below the interface: the group in the machine's byte order, and its users. */
function igmp(group: string): number {
  const native = Buffer.from(v4(group), 'hex').readUInt32LE().toString(16).toUpperCase().padStart(8, '0');
  const device = readFileSync('/proc/net/igmp', 'utf8')
    .split(/^(?=\d)/m)
    .find(block => block.includes(`\t${DEVICE} `));
  return Number(new RegExp(`^\\s+${native}\\s+(\\d+)`, 'm').exec(device!)?.[1] ?? 0);
}

/** Lines of /proc/net/igmp6: index, interface, group, users. */
function igmp6(group: string): number {
  const lines = readFileSync('/proc/net/igmp6', 'utf8');
  return Number(new RegExp(`^\\d+\\s+${DEVICE}\\s+${v6(group)}\\s+(\\d+)`, 'm').exec(lines)?.[1] ?? 0);
}

const subjects: Readonly<Record<string, Subject>> = {
  IPv4: {
    family: AF_INET,
    groups: [`239.77.1.${part}`, `239.77.2.${part}`],
    sources: ['127.0.0.1', '127.0.0.2'],
    address: '127.0.0.1',
    hex: host => `0x${v4(host)}`,
    members: igmp,
    filters: '/proc/net/mcfilter',
  },
  IPv6: {
    family: AF_INET6,
    groups: [`ff05::77:1:${part.toString(16)}`, `ff05::77:2:${part.toString(16)}`],
    sources: ['::1', '2001:db8::1'],
    address: '::1',
    hex: v6,
    members: igmp6,
    filters: '/proc/net/mcfilter6',
  },
};

/** `ip maddr`: the groups of the interface. */
function maddr(): string[] {
  const [{ maddr = [] } = {}] = JSON.parse(
    execFileSync('ip', ['-j', 'maddr', 'show', 'dev', DEVICE], { encoding: 'utf8' }),
  ) as { maddr?: { address?: string }[] }[];
  return maddr.flatMap(({ address }) => address ?? []);
}

/** The sources of a group in the kernel's table, as "source include exclude", with the numbers of sockets. */
function filtersOf({ filters, hex }: Subject, group: string): string[] {
  return readFileSync(filters, 'utf8')
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([, device, where]) => device === DEVICE && where === hex(group))
    .map(([, , , ...rest]) => rest.join(' '))
    .sort();
}

function open({ family }: Subject): Inet {
  return new Socket(family as Family<'inet'>, SOCK_DGRAM);
}

const needsIp: Skip = needsCommand('ip', 'iproute2');

for (const [name, subject] of Object.entries(subjects)) {
  const [group, other] = subject.groups;
  const [first, second] = subject.sources;
  const entry = (source: string, include: number, exclude: number) =>
    `${subject.hex(source)} ${include} ${exclude}`;

  describe(`groups of ${name}`, { skip: needsIp }, () => {
    for (const [how, networkInterface] of [
      ['name', DEVICE],
      ['index', 1],
      ['address', subject.address],
    ] as const) {
      test(`can be joined by the interface’s ${how}, and left`, () => {
        using socket = open(subject);
        multicast.join(socket, { group, interface: networkInterface });
        assert.equal(subject.members(group), 1);
        assert.ok(maddr().includes(group));
        multicast.leave(socket, { group, interface: networkInterface });
        assert.equal(subject.members(group), 0);
        assert.ok(!maddr().includes(group));
      });
    }

    test('are counted per socket, and left when it closes', () => {
      using one = open(subject);
      const two = open(subject);
      for (const socket of [one, two]) multicast.join(socket, { group, interface: DEVICE });
      multicast.join(two, { group: other, interface: DEVICE });
      assert.deepEqual([subject.members(group), subject.members(other)], [2, 1]);
      two.close();
      assert.deepEqual([subject.members(group), subject.members(other)], [1, 0]);
    });

    test('can be joined for one source, and for another', () => {
      using socket = open(subject);
      const join = (source: string) => multicast.join(socket, { group, interface: DEVICE, source });
      join(first);
      assert.deepEqual(filtersOf(subject, group), [entry(first, 1, 0)]);
      join(second);
      const both = [entry(first, 1, 0), entry(second, 1, 0)].sort();
      assert.deepEqual(filtersOf(subject, group), both);
      const { mode, sources } = multicast.sources(socket, { group, interface: DEVICE });
      assert.deepEqual([mode, [...sources].sort()], ['include', [first, second].sort()]);
      multicast.leave(socket, { group, interface: DEVICE, source: first });
      assert.deepEqual(filtersOf(subject, group), [entry(second, 1, 0)]);
      multicast.leave(socket, { group, interface: DEVICE, source: second });
      assert.deepEqual(filtersOf(subject, group), []);
      assert.equal(subject.members(group), 0);
    });

    test('can be joined for all sources but one, which can be admitted again', () => {
      using socket = open(subject);
      const where = { group, interface: DEVICE };
      multicast.join(socket, where);
      multicast.block(socket, { ...where, source: second });
      assert.deepEqual(filtersOf(subject, group), [entry(second, 0, 1)]);
      assert.deepEqual(multicast.sources(socket, where), { mode: 'exclude', sources: [second] });
      multicast.unblock(socket, { ...where, source: second });
      assert.deepEqual(filtersOf(subject, group), []);
      assert.equal(subject.members(group), 1);
    });

    test('can have all their sources set at once', () => {
      using socket = open(subject);
      const where = { group, interface: DEVICE };
      multicast.join(socket, where);
      multicast.setSources(socket, { ...where, mode: 'exclude', sources: [first, second] });
      const both = [entry(first, 0, 1), entry(second, 0, 1)].sort();
      assert.deepEqual(filtersOf(subject, group), both);
      multicast.setSources(socket, { ...where, mode: 'include', sources: [first] });
      assert.deepEqual(filtersOf(subject, group), [entry(first, 1, 0)]);
    });
  });
}

test('the rows of ip(7), which identify the interface by an address, have the same effect', {
  skip: needsIp,
}, () => {
  const subject = subjects.IPv4!;
  const [group] = subject.groups;
  using socket = new Socket(AF_INET, SOCK_DGRAM);
  const where = { group, interface: '127.0.0.1' };
  const source = '192.0.2.1';
  socket.setOption(ip.addMembership, where);
  assert.equal(subject.members(group), 1);
  socket.setOption(ip.blockSource, { ...where, source });
  assert.deepEqual(filtersOf(subject, group), ['0xc0000201 0 1']);
  socket.setOption(ip.unblockSource, { ...where, source });
  socket.setOption(ip.dropMembership, where);
  assert.equal(subject.members(group), 0);
  socket.setOption(ip.addSourceMembership, { ...where, source });
  assert.deepEqual(filtersOf(subject, group), ['0xc0000201 1 0']);
  socket.setOption(ip.dropSourceMembership, { ...where, source });
  assert.deepEqual(filtersOf(subject, group), []);
});

test('the rows of ipv6(7) have the same effect', { skip: needsIp }, () => {
  const subject = subjects.IPv6!;
  const [group] = subject.groups;
  using socket = new Socket(AF_INET6, SOCK_DGRAM);
  socket.setOption(ipv6.joinGroup, { group, interface: DEVICE });
  assert.equal(subject.members(group), 1);
  socket.setOption(ipv6.leaveGroup, { group, interface: DEVICE });
  assert.equal(subject.members(group), 0);
});
