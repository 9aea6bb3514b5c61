/** Options of packet sockets: fanout groups, memberships, statistics, and ignoring outgoing packets. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import {
  AF_INET,
  AF_PACKET,
  ETH_P_ALL,
  ETH_P_IP,
  IPPROTO_ICMP,
  PACKET_HOST,
  PACKET_OUTGOING,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { A, alu, bpf, ld, ret } from 'berkeley/bpf';
import {
  PACKET_FANOUT_CBPF,
  PACKET_FANOUT_FLAG_UNIQUEID,
  PACKET_FANOUT_HASH,
  PACKET_FANOUT_LB,
  PACKET_MR_ALLMULTI,
  PACKET_MR_MULTICAST,
  PACKET_MR_PROMISC,
  PACKET_MR_UNICAST,
} from 'berkeley/constants';
import { packet, so } from 'berkeley/options';
import { Cable, hardwareBytes } from '../support/cable.js';
import { echoRequest } from '../support/icmp.js';
import { needsNamespaces } from '../support/kernel.js';
import { ip } from '../support/namespaces.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };

describe('a packet socket', { skip: needsNamespaces }, () => {
  let cable: Cable;
  before(() => {
    cable = new Cable(2);
  });
  after(() => cable[Symbol.dispose]());

  const open = (protocol: number, type = SOCK_DGRAM): Socket<'packet'> => {
    const socket = new Socket(AF_PACKET, type);
    socket.bind({ interface: cable.name, protocol });
    return socket;
  };

  /**
   * `flows` UDP flows of `each` datagrams, from Python at the other end. The payload has the flow and the
   * number.
   */
  const flows = (count: number, each: number) =>
    new Child(
      ...cable.namespace.command(
        python,
        '-c',
        `
import socket
flows = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(${count})]
for number in range(${each}):
    for flow, s in enumerate(flows): s.sendto(b'flow %d %d' % (flow, number), ('${cable.here}', 9))`,
      ),
    ).ends();

  /** The datagrams that a socket has received, by flow. */
  const received = (socket: Socket<'packet'>): number[] => {
    const found: number[] = [];
    socket.timeout = 0;
    for (;;) {
      try {
        const match = /^flow (\d+) \d+$/.exec(socket.recvSync(2048).toString('latin1', 28));
        if (match !== null) found.push(Number(match[1]));
      } catch {
        return found;
      }
    }
  };

  describe('of a fanout group', { skip: withoutPython }, () => {
    test('by hash receives whole flows, and the other member receives the others', async () => {
      using one = open(ETH_P_IP);
      using two = open(ETH_P_IP);
      const group = { id: process.pid & 0xffff, mode: PACKET_FANOUT_HASH, maxMembers: 2 };
      for (const socket of [one, two]) socket.setOption(packet.fanout, group);
      assert.deepEqual(two.getOption(packet.fanout), { id: group.id, mode: PACKET_FANOUT_HASH, flags: 0 });
      using third = open(ETH_P_IP);
      assert.throws(() => third.setOption(packet.fanout, group), { code: 'ENOSPC' });
      await flows(32, 4);
      const [ours, theirs] = [received(one), received(two)];
      assert.equal(ours.length + theirs.length, 32 * 4);
      for (const found of [ours, theirs]) {
        assert.ok(found.length > 0, 'both have some');
        for (const flow of new Set(found))
          assert.equal(found.filter(each => each === flow).length, 4, 'whole');
      }
      assert.equal(new Set([...ours, ...theirs]).size, 32);
    });

    test('in round-robin mode receives every other packet', async () => {
      using one = open(ETH_P_IP);
      using two = open(ETH_P_IP);
      const group = { id: (process.pid + 1) & 0xffff, mode: PACKET_FANOUT_LB };
      for (const socket of [one, two]) socket.setOption(packet.fanout, group);
      await flows(1, 100);
      const [ours, theirs] = [received(one), received(two)];
      assert.equal(ours.length + theirs.length, 100);
      // Other packets on the link, such as group reports, may take a turn.
      assert.ok(Math.abs(ours.length - theirs.length) <= 10, `${ours.length} and ${theirs.length}`);
    });

    test('with a BPF program receives what the program selects', async () => {
      using one = open(ETH_P_IP);
      using two = open(ETH_P_IP);
      const group = { id: 0, mode: PACKET_FANOUT_CBPF, flags: PACKET_FANOUT_FLAG_UNIQUEID };
      one.setOption(packet.fanout, group);
      const { id } = one.getOption(packet.fanout);
      two.setOption(packet.fanout, { id, mode: PACKET_FANOUT_CBPF });
      // The last digit of the flow is byte 28 + 5 of such short packets.
      one.setOption(packet.fanoutData, bpf([ld.byte(33), alu.mod(2), ret(A)]));
      await flows(8, 3);
      assert.deepEqual(
        [received(one), received(two)].map(found => [...new Set(found)]),
        [
          [0, 2, 4, 6],
          [1, 3, 5, 7],
        ],
      );
    });
  });

  test('keeps promiscuous and all-multicast devices, groups and addresses as long as it is open', () => {
    const { name } = cable;
    const link = () => ip(['-d', 'link', 'show', name])[0]!;
    const groups = () =>
      (ip(['maddress', 'show', 'dev', name])[0]!.maddr as Record<string, unknown>[]).map(({ link }) => link);
    const addresses = () =>
      (
        JSON.parse(execFileSync('bridge', ['-j', 'fdb', 'show', 'dev', name], { encoding: 'utf8' })) as {
          mac: string;
        }[]
      ).map(({ mac }) => mac);
    const group = '03:00:00:00:be:ef';
    const address = '02:00:00:00:be:ef';
    const rows = [
      [{ type: PACKET_MR_PROMISC }, () => (link().promiscuity as number) > 0],
      [{ type: PACKET_MR_ALLMULTI }, () => (link().allmulti as number) > 0],
      [{ type: PACKET_MR_MULTICAST, address: hardwareBytes(group) }, () => groups().includes(group)],
      [{ type: PACKET_MR_UNICAST, address }, () => addresses().includes(address)],
    ] as const;
    const socket = open(0);
    for (const [membership, isThere] of rows) {
      const value = { interface: name, ...membership };
      assert.ok(!isThere());
      socket.setOption(packet.addMembership, value);
      assert.ok(isThere(), JSON.stringify(value));
      socket.setOption(packet.dropMembership, value);
      assert.ok(!isThere());
      socket.setOption(packet.addMembership, value);
    }
    assert.ok(rows.every(([, isThere]) => isThere()));
    socket.close();
    assert.ok(!rows.some(([, isThere]) => isThere()), 'they go with the socket');
  });

  /** Pings the other end, which answers. */
  const ping = async (count: number) => {
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    for (let sequence = 0; sequence < count; sequence++) {
      await socket.sendto(echoRequest(0x5151, sequence), { host: cable.there, port: 0 }, wait);
      await socket.recv(100, wait);
    }
  };
  const isPing = (data: Buffer) => data[9] === IPPROTO_ICMP && data.readUInt16BE(24) === 0x5151;

  test('receives both directions, or only incoming packets on request', async () => {
    await ping(1);
    using both = open(ETH_P_ALL); // packet(7): outgoing packets are received only with ETH_P_ALL
    using coming = open(ETH_P_ALL);
    coming.setOption(packet.ignoreOutgoing, true);
    await ping(3);
    const kinds = (socket: Socket<'packet'>) => {
      const found: number[] = [];
      socket.timeout = 0;
      for (;;) {
        try {
          const { data, address } = socket.recvfromSync(2048);
          if (address?.protocol === ETH_P_IP && isPing(data)) found.push(address.packetType);
        } catch {
          return found;
        }
      }
    };
    assert.deepEqual(
      kinds(both),
      [1, 2, 3].flatMap(() => [PACKET_OUTGOING, PACKET_HOST]),
    );
    assert.deepEqual(kinds(coming), [PACKET_HOST, PACKET_HOST, PACKET_HOST]);
  });

  test('counts received packets, and those dropped for lack of space', { skip: withoutPython }, async () => {
    using socket = open(ETH_P_IP);
    socket.setOption(so.rcvbuf, 0); // the minimum size
    socket.getOption(packet.statistics); // reading the statistics resets them
    await flows(10, 50);
    const statistics = socket.getOption(packet.statistics);
    const kept = received(socket).length;
    assert.ok(statistics.packets >= 500 && statistics.drops > 0, JSON.stringify(statistics));
    assert.ok(Math.abs(statistics.packets - statistics.drops - kept) <= 10, `${kept} kept`);
    assert.deepEqual(socket.getOption(packet.statistics), { packets: 0, drops: 0 });
  });

  test('on a stacked device reports the original device on request', async () => {
    const upper = `${cable.name}m`;
    ip(['link', 'add', 'link', cable.name, 'name', upper, 'address', '02:00:00:00:ab:cd', 'type', 'macvlan']);
    ip(['link', 'set', upper, 'up']);
    const addressed = async (origdev: boolean) => {
      using socket = new Socket(AF_PACKET, SOCK_RAW);
      socket.bind({ interface: upper, protocol: 0x88b5 });
      socket.setOption(packet.origdev, origdev);
      const program = `
import socket
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
    s.bind(('eth0', 0))
    s.send(bytes.fromhex('02000000abcd') + bytes.fromhex('020000001234') + b'\\x88\\xb5' + bytes(50))`;
      await new Child(...cable.namespace.command(python, '-c', program)).ends();
      return (await socket.recvfrom(2048, wait)).address!;
    };
    const [plain, original] = [await addressed(false), await addressed(true)];
    assert.equal(plain.interface, upper);
    assert.equal(original.interface, cable.name);
    assert.equal(original.hardwareAddress, '02:00:00:00:12:34');
    ip(['link', 'del', upper]);
  });
});
