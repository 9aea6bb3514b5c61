/** The operations that need a privilege: the rows of the table in docs/security.md, and how each fails without it. */
import { readFileSync, rmSync } from 'node:fs';
import {
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_PACKET,
  AF_UNIX,
  createServer,
  type Family,
  type FamilyName,
  IPPROTO_ICMP,
  NETLINK_ROUTE,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  Socket,
  sethostname,
  socketpair,
} from 'berkeley';
import { CLOCK_TAI } from 'berkeley/constants';
import { credentials } from 'berkeley/control';
import { NetlinkConnection } from 'berkeley/netlink';
import { ip, ipv6, netlink, so, tcp } from 'berkeley/options';
import { freshPath } from '../../support/names.js';

/** A row of the table. */
export interface Privileged {
  readonly operation: string;
  readonly needs: string;
  /** The code of the error without it. */
  readonly without: string;
  /** Does it, and closes what it opens. */
  run(): void;
  /** Whether this system requires the privilege. */
  readonly isRequired?: () => boolean;
}

function on<F extends FamilyName>(
  family: Family<F>,
  type: number,
  work: (socket: Socket<F>) => void,
): () => void {
  return () => {
    using socket = new Socket(family, type);
    work(socket);
  };
}

const udp = (work: (socket: Socket<'inet'>) => void): (() => void) => on(AF_INET, SOCK_DGRAM, work);
const RTM_NEWLINK = 16; // linux/rtnetlink.h

const setting = (name: string): string => readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').trim();
const raw = 'CAP_NET_RAW';
const admin = 'CAP_NET_ADMIN';
const either = 'CAP_NET_ADMIN or CAP_NET_RAW';

/** Connects to a path whose mode excludes this user. */
function connectWithoutPermission(): void {
  const path = freshPath();
  const umask = process.umask(0o777);
  using server = createServer({ path });
  process.umask(umask);
  try {
    using client = new Socket(AF_UNIX);
    client.connectSync(server.getsockname());
  } finally {
    rmSync(path);
  }
}

function sendOthersCredentials(): void {
  const [a, b] = socketpair();
  using near = a;
  using _ = b;
  near.sendmsgSync({ data: 'x', control: [credentials({ pid: process.pid, uid: 1, gid: 1 })] });
}

function changeLink(): void {
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  connection.requestSync(RTM_NEWLINK, Buffer.alloc(16)); // struct ifinfomsg of no interface
}

export const privileged: readonly Privileged[] = [
  {
    ...{ operation: '`new Socket(AF_INET, SOCK_RAW)`, and `AF_INET6`', needs: raw, without: 'EPERM' },
    run: () => new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP).close(),
  },
  {
    ...{ operation: '`new Socket(AF_PACKET)`', needs: raw, without: 'EPERM' },
    run: () => new Socket(AF_PACKET, SOCK_RAW).close(),
  },
  {
    operation: 'ICMP without raw sockets: `new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)`',
    needs: 'a group in `net.ipv4.ping_group_range`',
    without: 'EACCES',
    run: () => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP).close(),
    isRequired: () => Number(setting('ping_group_range').split(/\s+/)[1]) < 65_534,
  },
  {
    operation: '`bind` to a port below `net.ipv4.ip_unprivileged_port_start`, 1024 by default',
    needs: 'CAP_NET_BIND_SERVICE',
    without: 'EACCES',
    run: udp(socket => socket.bind({ host: '127.0.0.1', port: 1 })),
    isRequired: () => Number(setting('ip_unprivileged_port_start')) > 1,
  },
  {
    operation: '`connect` or `send` to the path of a Unix socket',
    needs: 'write permission for the path, or CAP_DAC_OVERRIDE',
    without: 'EACCES',
    run: connectWithoutPermission,
  },
  {
    operation: '`credentials` of another process, user or group',
    needs: 'CAP_SYS_ADMIN, CAP_SETUID or CAP_SETGID',
    without: 'EPERM',
    run: sendOthersCredentials,
  },
  {
    operation: '`sethostname`',
    needs: 'CAP_SYS_ADMIN',
    without: 'EPERM',
    run: () => sethostname('berkeley'),
  },
  {
    ...{
      operation: 'changing links, addresses and routes through `AF_NETLINK`',
      needs: admin,
      without: 'EPERM',
    },
    run: changeLink,
  },
  {
    ...{ operation: '`netlink.listenAllNsid`', needs: 'CAP_NET_BROADCAST', without: 'EPERM' },
    run: () => {
      using connection = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
      connection.setOption(netlink.listenAllNsid, true);
    },
  },
  {
    ...{ operation: '`so.mark`, `so.rcvmark`', needs: either, without: 'EPERM' },
    run: udp(socket => socket.setOption(so.mark, 1)),
  },
  {
    ...{ operation: '`so.priority` above 6', needs: either, without: 'EPERM' },
    run: udp(socket => socket.setOption(so.priority, 7)),
  },
  {
    ...{ operation: '`so.rcvbufforce`, `so.sndbufforce`', needs: admin, without: 'EPERM' },
    run: udp(socket => socket.setOption(so.rcvbufforce, 1 << 20)),
  },
  {
    ...{ operation: '`so.debug`', needs: admin, without: 'EACCES' },
    run: udp(socket => socket.setOption(so.debug, true)),
  },
  {
    ...{
      operation: '`so.preferBusyPoll`, `so.busyPollBudget` above its default',
      needs: admin,
      without: 'EPERM',
    },
    run: udp(socket => socket.setOption(so.preferBusyPoll, true)),
  },
  {
    ...{ operation: '`so.txtime` with a clock other than `CLOCK_MONOTONIC`', needs: admin, without: 'EPERM' },
    run: udp(socket => socket.setOption(so.txtime, { clockid: CLOCK_TAI })),
  },
  {
    ...{
      operation: '`so.bindtodevice`, if the socket is bound to an interface already',
      needs: raw,
      without: 'EPERM',
    },
    run: udp(socket => {
      socket.setOption(so.bindtodevice, 'lo');
      socket.setOption(so.bindtodevice, '');
    }),
  },
  {
    ...{ operation: '`ip.transparent`, `ipv6.transparent`', needs: either, without: 'EPERM' },
    run: udp(socket => socket.setOption(ip.transparent, true)),
  },
  {
    ...{ operation: '`ipv6.hopopts`, `ipv6.dstopts`, `ipv6.rthdrdstopts`', needs: raw, without: 'EPERM' },
    run: on(AF_INET6, SOCK_DGRAM, socket =>
      socket.setOption(ipv6.hopopts, Buffer.from([0, 0, 1, 4, 0, 0, 0, 0])),
    ),
  },
  {
    ...{ operation: '`tcp.repair`', needs: admin, without: 'EPERM' },
    run: on(AF_INET, SOCK_STREAM, socket => socket.setOption(tcp.repair, 1)),
  },
];
