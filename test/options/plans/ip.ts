import { AF_INET, IP_PMTUDISC_DO, type Socket } from 'berkeley';
import { ip } from 'berkeley/options';
import type { KindName } from '../kinds.js';
import { type GroupPlan, matching, reads, refusesToRead, sets, unreadable, writes } from '../plan.js';
import { ipsecPolicy, withoutXfrm, xfrmPolicy } from './policies.js';

const packets: readonly KindName[] = ['udp4', 'udp6', 'icmp'];
const streams: readonly KindName[] = ['tcp4', 'tcp6'];
const raw: readonly KindName[] = ['icmp'];
const GROUP = '239.1.2.3';
const SOURCE = '192.0.2.1';
const LO = 1;

type Inet = Socket<'inet'>;
const member = (socket: Socket<never>) =>
  (socket as unknown as Inet).setOption(ip.addMembership, { group: GROUP, interface: 'lo' });
const sourceMember = (socket: Socket<never>) =>
  (socket as unknown as Inet).setOption(ip.mcastJoinSourceGroup, {
    group: GROUP,
    source: SOURCE,
    interface: LO,
  });
const blocked = (socket: Socket<never>) => {
  member(socket);
  (socket as unknown as Inet).setOption(ip.mcastBlockSource, { group: GROUP, source: SOURCE, interface: LO });
};

const membership = { group: GROUP, interface: 'lo' };
const mreqSource = { group: GROUP, source: SOURCE, interface: '127.0.0.1' };
const groupSource = { group: GROUP, source: SOURCE, interface: 'lo' };
const filter = { group: GROUP, mode: 'exclude', sources: [SOURCE, '192.0.2.7'] };
const reordered = matching(
  (value: ip.SourceFilter) =>
    value.group === GROUP &&
    value.mode === 'exclude' &&
    [...value.sources].sort().join() === [...filter.sources].sort().join(),
);
export const ipPlans: GroupPlan = {
  kinds: [...packets, ...streams],
  rows: {
    tos: sets(0x10),
    ttl: sets(7),
    options: sets(Buffer.from([0x94, 0x04, 0, 0])),
    mtuDiscover: sets(IP_PMTUDISC_DO),
    mtu: reads(
      matching((mtu: number) => mtu >= 576),
      { on: ['tcp4 connected', 'udp4 connected'] },
    ),
    pktinfo: sets(true),
    recvttl: sets(true),
    recvtos: sets(true),
    recvopts: sets(true),
    retopts: sets(true),
    recvorigdstaddr: sets(true),
    checksum: sets(true),
    recvfragsize: sets(true, true, { on: packets }),
    passsec: sets(true),
    recverr: sets(true),
    recverrRfc4884: sets(true, true, { on: packets }),
    minttl: sets(255),
    pktoptions: reads(Buffer.alloc(0), { on: streams }),
    unicastIf: sets('lo', LO),
    freebind: sets(true),
    transparent: sets(true),
    bindAddressNoPort: sets(true),
    localPortRange: sets({ low: 40_000, high: 50_000 }),
    originalDst: refusesToRead(['ENOENT', 'ENOPROTOOPT'], 'no firewall follows the connection', {
      on: ['tcp4 connected'],
    }),
    xfrmPolicy: writes(xfrmPolicy(AF_INET), { on: ['udp4', 'tcp4'], refused: withoutXfrm }),
    ipsecPolicy: writes(ipsecPolicy, { on: ['udp4', 'tcp4'], refused: withoutXfrm }),
    hdrincl: sets(true, true, { on: raw }),
    nodefrag: sets(true, true, { on: raw }),
    routerAlert: sets(true, true, { on: raw, refusal: unreadable }),
    protocol: reads(1, { on: raw }),
    multicastIf: sets('127.0.0.1', '127.0.0.1', { on: packets }),
    multicastTtl: sets(3, 3, { on: packets }),
    multicastLoop: sets(false),
    multicastAll: sets(false),
    addMembership: writes(membership, { on: packets }),
    dropMembership: writes(membership, { on: packets, before: member }),
    addSourceMembership: writes(mreqSource, { on: packets }),
    dropSourceMembership: writes(mreqSource, { on: packets, before: sourceMember }),
    blockSource: writes(mreqSource, { on: packets, before: member }),
    unblockSource: writes(mreqSource, { on: packets, before: blocked }),
    msfilter: {
      set: { ...filter, interface: '127.0.0.1' },
      parameter: { group: GROUP, interface: '127.0.0.1' },
      reads: reordered,
      before: member,
      on: packets,
    },
    mcastJoinGroup: writes(membership, { on: packets }),
    mcastLeaveGroup: writes(membership, { on: packets, before: member }),
    mcastJoinSourceGroup: writes(groupSource, { on: packets }),
    mcastLeaveSourceGroup: writes(groupSource, { on: packets, before: sourceMember }),
    mcastBlockSource: writes(groupSource, { on: packets, before: member }),
    mcastUnblockSource: writes(groupSource, { on: packets, before: blocked }),
    mcastMsfilter: {
      set: { ...filter, interface: 'lo' },
      parameter: { group: GROUP, interface: LO },
      reads: reordered,
      before: member,
      on: packets,
    },
  },
};
