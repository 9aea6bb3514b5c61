/** The kinds of socket on which options are tested: how to create each, and its state. */
import {
  AF_ALG,
  AF_BLUETOOTH,
  AF_CAN,
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_PACKET,
  AF_RDS,
  AF_SMC,
  AF_TIPC,
  AF_UNIX,
  AF_VSOCK,
  BTPROTO_HCI,
  BTPROTO_L2CAP,
  BTPROTO_RFCOMM,
  BTPROTO_SCO,
  CAN_ISOTP,
  CAN_J1939,
  CAN_RAW,
  ETH_P_IP,
  type Family,
  type FamilyName,
  IPPROTO_DCCP,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_MPTCP,
  IPPROTO_RAW,
  IPPROTO_SCTP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
  SMCPROTO_SMC,
  SMCPROTO_SMC6,
  SO_REUSEPORT,
  SOCK_DCCP,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { needsSmc } from '../support/smc.js';

/** A socket of any kind, and the resources to close with it. */
export interface Subject {
  readonly socket: Socket<never>;
  close(): void;
}

/** A kind of socket, in a certain state. */
export interface Kind {
  readonly family: Family<FamilyName>;
  readonly type: number;
  readonly protocol: number;
  /** The first Linux release without this kind. */
  readonly until?: string;
  /** Whether the guest of vm/run.mjs has to support it; true if absent. */
  readonly isOwed?: boolean;
  open(): Subject;
}

function subject(socket: Socket<FamilyName>, ...others: Socket<FamilyName>[]): Subject {
  const close = () => {
    for (const each of [socket, ...others]) each.close();
  };
  return { socket: socket as unknown as Socket<never>, close };
}

/** A new socket. */
function fresh(family: Family<FamilyName>, type: number, protocol = 0): Kind {
  return { family, type, protocol, open: () => subject(new Socket(family, type, protocol)) };
}

type Inet = Socket<'inet' | 'inet6'>;

const loopback = (family: Family<FamilyName>) => ({
  host: family === AF_INET ? '127.0.0.1' : '::1',
  port: 0,
});

/** One end of a connection. */
function connected(family: Family<'inet'> | Family<'inet6'>, type: number, protocol = 0): Kind {
  const open = () => {
    const make = () => new Socket(family as Family<'inet'>, type, protocol) as Inet;
    const [socket, other] = [make(), make()];
    other.bind(loopback(family));
    const listens = type === SOCK_STREAM || type === SOCK_DCCP;
    if (listens) other.listen();
    socket.connectSync(other.getsockname() as { host: string; port: number });
    if (!listens) return subject(socket, other);
    return subject(socket, other, other.acceptSync().socket);
  };
  return { family, type, protocol, open };
}

/** A member of a reuseport group. */
function grouped(family: Family<'inet'> | Family<'inet6'>): Kind {
  const open = () => {
    const socket = new Socket(family as Family<'inet'>, SOCK_DGRAM) as Inet;
    socket.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    socket.bind(loopback(family));
    return subject(socket);
  };
  return { family, type: SOCK_DGRAM, protocol: IPPROTO_UDP, open };
}

const unixPair: Kind = {
  family: AF_UNIX,
  type: SOCK_STREAM,
  protocol: 0,
  open: () => subject(...(socketpair(AF_UNIX, SOCK_STREAM) as [Socket<FamilyName>, Socket<FamilyName>])),
};

const boundPacket: Kind = {
  family: AF_PACKET,
  type: SOCK_RAW,
  protocol: ETH_P_IP,
  open: () => {
    const socket = new Socket(AF_PACKET, SOCK_RAW, 0);
    socket.bind({ interface: 'lo', protocol: ETH_P_IP });
    return subject(socket);
  },
};

const boundAlg: Kind = {
  family: AF_ALG,
  type: SOCK_SEQPACKET,
  protocol: 0,
  open: () => {
    const socket = new Socket(AF_ALG, SOCK_SEQPACKET);
    socket.bind({ type: 'aead', name: 'gcm(aes)' });
    return subject(socket);
  },
};

/** Every kind, by name. */
export const kinds = {
  tcp4: fresh(AF_INET, SOCK_STREAM),
  tcp6: fresh(AF_INET6, SOCK_STREAM),
  udp4: fresh(AF_INET, SOCK_DGRAM),
  udp6: fresh(AF_INET6, SOCK_DGRAM),
  'tcp4 connected': connected(AF_INET, SOCK_STREAM),
  'tcp6 connected': connected(AF_INET6, SOCK_STREAM),
  'udp4 connected': connected(AF_INET, SOCK_DGRAM),
  'udp6 connected': connected(AF_INET6, SOCK_DGRAM),
  'udp4 grouped': grouped(AF_INET),
  'udp6 grouped': grouped(AF_INET6),
  udplite4: { ...fresh(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE), until: '7.1' },
  udplite6: { ...fresh(AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE), until: '7.1' },
  'mptcp4 connected': connected(AF_INET, SOCK_STREAM, IPPROTO_MPTCP),
  'mptcp6 connected': connected(AF_INET6, SOCK_STREAM, IPPROTO_MPTCP),
  icmp: fresh(AF_INET, SOCK_RAW, IPPROTO_ICMP),
  icmp6: fresh(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6),
  raw6: fresh(AF_INET6, SOCK_RAW, IPPROTO_UDP),
  'raw6 IPPROTO_RAW': fresh(AF_INET6, SOCK_RAW, IPPROTO_RAW),
  'sctp4 stream': fresh(AF_INET, SOCK_STREAM, IPPROTO_SCTP),
  'sctp6 stream': fresh(AF_INET6, SOCK_STREAM, IPPROTO_SCTP),
  'sctp4 seqpacket': fresh(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP),
  'sctp4 connected': connected(AF_INET, SOCK_STREAM, IPPROTO_SCTP),
  'sctp6 connected': connected(AF_INET6, SOCK_STREAM, IPPROTO_SCTP),
  dccp4: { ...fresh(AF_INET, SOCK_DCCP, IPPROTO_DCCP), until: '6.16' },
  dccp6: { ...fresh(AF_INET6, SOCK_DCCP, IPPROTO_DCCP), until: '6.16' },
  'dccp4 connected': { ...connected(AF_INET, SOCK_DCCP, IPPROTO_DCCP), until: '6.16' },
  smc4: { ...fresh(AF_SMC, SOCK_STREAM, SMCPROTO_SMC), isOwed: needsSmc === false },
  smc6: { ...fresh(AF_SMC, SOCK_STREAM, SMCPROTO_SMC6), isOwed: needsSmc === false },
  unix: fresh(AF_UNIX, SOCK_STREAM),
  'unix dgram': fresh(AF_UNIX, SOCK_DGRAM),
  'unix connected': unixPair,
  netlink: fresh(AF_NETLINK, SOCK_RAW),
  packet: fresh(AF_PACKET, SOCK_RAW),
  'packet bound': boundPacket,
  vsock: fresh(AF_VSOCK, SOCK_STREAM),
  'can raw': fresh(AF_CAN, SOCK_RAW, CAN_RAW),
  'can isotp': fresh(AF_CAN, SOCK_DGRAM, CAN_ISOTP),
  'can j1939': fresh(AF_CAN, SOCK_DGRAM, CAN_J1939),
  tipc: fresh(AF_TIPC, SOCK_SEQPACKET),
  'tipc rdm': fresh(AF_TIPC, SOCK_DGRAM),
  rds: fresh(AF_RDS, SOCK_SEQPACKET),
  alg: boundAlg,
  l2cap: fresh(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP),
  rfcomm: fresh(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM),
  sco: fresh(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO),
  hci: fresh(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** A kind of every family, for options of all sockets. */
export const everyFamily: readonly KindName[] = [
  'tcp4',
  'udp4',
  'tcp6',
  'udp6',
  'unix',
  'netlink',
  'packet',
  'vsock',
  'can raw',
  'tipc',
  'rds',
  'l2cap',
];
