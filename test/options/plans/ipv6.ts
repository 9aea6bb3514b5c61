import { AF_INET, AF_INET6, type Socket } from 'berkeley';
import {
  IPV6_FL_A_GET,
  IPV6_FL_F_CREATE,
  IPV6_FL_S_ANY,
  IPV6_PMTUDISC_DO,
  IPV6_PREFER_SRC_TMP,
} from 'berkeley/constants';
import { ipv6 } from 'berkeley/options';
import type { KindName } from '../kinds.js';
import { type GroupPlan, matching, reads, refusesToRead, refusesToSet, sets, writes } from '../plan.js';
import { ipsecPolicy, withoutXfrm, xfrmPolicy } from './policies.js';

const packets: readonly KindName[] = ['udp6', 'icmp6'];
const raw: readonly KindName[] = ['icmp6', 'raw6'];
const GROUP = 'ff15::1234';
const SOURCE = '2001:db8::1';
const LO = 1;

type Inet6 = Socket<'inet6'>;
const cast = (socket: Socket<never>) => socket as unknown as Inet6;
const member = (socket: Socket<never>) =>
  cast(socket).setOption(ipv6.joinGroup, { group: GROUP, interface: LO });
const sourceMember = (socket: Socket<never>) =>
  cast(socket).setOption(ipv6.mcastJoinSourceGroup, { group: GROUP, source: SOURCE, interface: LO });
const blocked = (socket: Socket<never>) => {
  member(socket);
  cast(socket).setOption(ipv6.mcastBlockSource, { group: GROUP, source: SOURCE, interface: LO });
};

const membership = { group: GROUP, interface: 'lo' };
const groupSource = { group: GROUP, source: SOURCE, interface: 'lo' };
/** PadN: an option without content, in a header of eight bytes. */
const padding = Buffer.from([0, 0, 1, 4, 0, 0, 0, 0]);
/** A segment routing header (RFC 8754) with one segment, ::1, and no segments left. */
const routing = Buffer.concat([Buffer.from([0, 2, 4, 0, 0, 0, 0, 0]), Buffer.alloc(15), Buffer.from([1])]);

export const ipv6Plans: GroupPlan = {
  kinds: ['tcp6', 'udp6', 'icmp6'],
  rows: {
    unicastHops: sets(7),
    tclass: sets(0x20),
    mtuDiscover: sets(IPV6_PMTUDISC_DO),
    mtu: {
      ...sets(
        1400,
        matching((mtu: number) => mtu >= 1280),
      ),
      on: ['udp6 connected', 'tcp6 connected'],
    },
    dontfrag: sets(true),
    pathmtu: reads(
      matching((path: ipv6.PathMtu) => path.mtu >= 1280),
      { on: ['udp6 connected', 'tcp6 connected'] },
    ),
    autoflowlabel: sets(false),
    flowinfoSend: sets(true),
    addrPreferences: sets(
      IPV6_PREFER_SRC_TMP,
      matching((bits: number) => (bits & IPV6_PREFER_SRC_TMP) !== 0),
    ),
    checksum: sets(6, 6, { on: ['raw6'] }),
    hdrincl: sets(true, true, { on: raw }),
    recvpktinfo: sets(true),
    recvhoplimit: sets(true),
    recvtclass: sets(true),
    recvhopopts: sets(true),
    recvrthdr: sets(true),
    recvdstopts: sets(true),
    recvpathmtu: sets(true),
    flowinfo: sets(true),
    recvorigdstaddr: sets(true),
    recvfragsize: sets(true),
    recverr: sets(true),
    recverrRfc4884: sets(true, true, { on: packets }),
    minhopcount: sets(255),
    v6only: sets(true, true, { on: ['tcp6', 'udp6'] }),
    addrform: refusesToSet(AF_INET, 'EADDRNOTAVAIL', 'the peer’s address is not a mapped one', {
      on: ['udp6 connected', 'tcp6 connected'],
    }),
    unicastIf: sets('lo', LO),
    freebind: sets(true),
    transparent: sets(true),
    routerAlert: writes(0, { on: ['raw6 IPPROTO_RAW'] }),
    routerAlertIsolate: sets(true, true, { on: ['icmp6'] }),
    originalDst: refusesToRead(['ENOENT', 'ENOPROTOOPT'], 'no firewall follows the connection', {
      on: ['tcp6 connected'],
    }),
    xfrmPolicy: writes(xfrmPolicy(AF_INET6), { on: ['udp6', 'tcp6'], refused: withoutXfrm }),
    ipsecPolicy: writes(ipsecPolicy, { on: ['udp6', 'tcp6'], refused: withoutXfrm }),
    hopopts: sets(padding),
    rthdr: sets(routing),
    rthdrdstopts: sets(padding),
    dstopts: sets(padding),
    pktinfo: writes({ address: '::1', interface: 'lo' }),
    flowlabelMgr: writes({
      destination: '::1',
      label: 0x12345,
      action: IPV6_FL_A_GET,
      share: IPV6_FL_S_ANY,
      flags: IPV6_FL_F_CREATE,
    }),
    multicastIf: sets('lo', LO, { on: packets }),
    multicastHops: sets(3, 3, { on: packets }),
    multicastLoop: sets(false),
    multicastAll: sets(false),
    joinGroup: writes(membership, { on: packets }),
    leaveGroup: writes(membership, { on: packets, before: member }),
    joinAnycast: refusesToSet(
      { group: '2001:db8::7', interface: 'lo' },
      'EADDRNOTAVAIL',
      'the interface has no network of it',
    ),
    leaveAnycast: refusesToSet({ group: '2001:db8::7', interface: 'lo' }, 'ENOENT', 'it was not joined'),
    mcastJoinGroup: writes(membership, { on: packets }),
    mcastLeaveGroup: writes(membership, { on: packets, before: member }),
    mcastJoinSourceGroup: writes(groupSource, { on: packets }),
    mcastLeaveSourceGroup: writes(groupSource, { on: packets, before: sourceMember }),
    mcastBlockSource: writes(groupSource, { on: packets, before: member }),
    mcastUnblockSource: writes(groupSource, { on: packets, before: blocked }),
    mcastMsfilter: {
      set: { group: GROUP, interface: 'lo', mode: 'exclude', sources: [SOURCE] },
      parameter: { group: GROUP, interface: LO },
      reads: { group: GROUP, interface: LO, mode: 'exclude', sources: [SOURCE] },
      before: member,
      on: packets,
    },
  },
};
