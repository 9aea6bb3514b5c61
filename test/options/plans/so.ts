import type { Socket } from 'berkeley';
import { bpf, ret } from 'berkeley/bpf';
import {
  CLOCK_MONOTONIC,
  SOCK_RCVBUF_LOCK,
  SOF_TIMESTAMPING_RX_SOFTWARE,
  SOF_TIMESTAMPING_SOFTWARE,
} from 'berkeley/constants';
import { so } from 'berkeley/options';
import { everyFamily, type KindName, kinds } from '../kinds.js';
import { does, type GroupPlan, matching, reads, refusesToSet, sets, where, writes } from '../plan.js';

const keepAll = bpf([ret(0xffff)]);
const kindOf = (socket: Socket<never>) =>
  Object.values(kinds).find(kind => kind.family === socket.family && kind.type === socket.type)!;
const attach = (socket: Socket<never>) => socket.setOption(so.attachFilter, keepAll);

const tcp: readonly KindName[] = ['tcp4', 'tcp6'];
const udp: readonly KindName[] = ['udp4', 'udp6'];
const local: readonly KindName[] = ['unix', 'unix dgram'];

export const soPlans: GroupPlan = {
  kinds: everyFamily,
  rows: {
    type: reads(matching((type, socket) => type === kindOf(socket).type)),
    domain: reads(matching((domain, socket) => domain === socket.family)),
    protocol: reads(matching((protocol: number) => protocol >= 0)),
    acceptconn: reads(false),
    error: reads(0),
    cookie: reads(matching((cookie: bigint) => cookie > 0n)),
    netnsCookie: reads(matching((cookie: bigint) => cookie > 0n)),
    debug: sets(true),
    bsdcompat: sets(true, false),
    reuseaddr: sets(true),
    reuseport: sets(true, true, {
      refused: where(['unix', 'netlink', 'packet', 'vsock', 'can raw', 'tipc', 'rds', 'l2cap'], {
        code: 'ENOTSUP',
        why: 'since Linux 6.13 sockets of the Internet protocols alone take it',
        perhaps: true,
      }),
    }),
    broadcast: sets(true),
    dontroute: sets(true),
    rcvbuf: sets(20_000, 40_000),
    sndbuf: sets(20_000, 40_000),
    rcvbufforce: writes(20_000),
    sndbufforce: writes(20_000),
    bufLock: sets(SOCK_RCVBUF_LOCK),
    rcvlowat: sets(1),
    sndlowat: reads(1),
    rcvtimeo: sets(2000),
    sndtimeo: sets(2000),
    reserveMem: sets(
      65_536,
      matching((bytes: number) => bytes >= 65_536),
      {
        refused: where(everyFamily, {
          code: 'ENOTSUP',
          why: 'the process is in no memory control group that counts sockets',
          perhaps: true,
        }),
      },
    ),
    meminfo: reads(matching((info: so.MemoryInfo) => info.rcvbuf > 0 && info.drops === 0)),
    zerocopy: sets(true, true, {
      on: [...tcp, ...udp, 'vsock', 'rds'],
      refused: { vsock: { code: 'ENOTSUP', why: 'since Linux 6.7', perhaps: true } },
    }),
    rxqOvfl: sets(true),
    txrehash: sets(0, 0, { on: tcp }),
    keepalive: sets(true),
    linger: sets({ seconds: 5 }),
    oobinline: sets(true),
    noCheck: sets(true),
    priority: sets(6),
    mark: sets(0xfedcba98),
    rcvmark: sets(true),
    rcvpriority: sets(true),
    maxPacingRate: sets(1_000_000),
    cnxAdvice: writes(1, { on: tcp }),
    peekOff: sets(16, 16, {
      on: [...tcp, ...udp, ...local],
      refused: where(tcp, {
        code: 'ENOTSUP',
        why: 'TCP since Linux 6.9',
        perhaps: true,
      }),
    }),
    selectErrQueue: sets(true),
    wifiStatus: sets(true),
    nofcs: sets(true),
    bindtodevice: sets('lo'),
    bindtoifindex: sets('lo', 1),
    incomingCpu: sets(0),
    incomingNapiId: reads(0),
    busyPoll: sets(50),
    preferBusyPoll: sets(true),
    busyPollBudget: writes(16),
    peername: reads(
      matching((address: { family: string }) => ['inet', 'inet6', 'unix'].includes(address.family)),
      { on: ['tcp4 connected', 'tcp6 connected', 'udp4 connected', 'unix connected'] },
    ),
    peercred: reads(
      { pid: process.pid, uid: process.getuid?.(), gid: process.getgid?.() },
      { on: ['unix connected'] },
    ),
    peergroups: reads(
      matching((groups: readonly number[]) => groups.every(group => process.getgroups!().includes(group))),
      { on: ['unix connected'] },
    ),
    peerpidfd: reads(
      matching((fd: number) => fd > 2),
      { on: ['unix connected'] },
    ),
    peersec: reads(
      matching((label: string) => label !== ''),
      {
        on: ['unix connected', 'tcp4 connected', 'tcp6 connected'],
        refusal: {
          code: 'ENOPROTOOPT',
          why: 'no security module labels sockets here',
          when: 'get',
          perhaps: true,
        },
      },
    ),
    passcred: sets(true, true, { on: [...local, 'netlink', 'l2cap'] }),
    passsec: sets(true, true, {
      on: [...local, 'netlink', 'l2cap'],
      refused: where([...local, 'netlink', 'l2cap'], {
        code: 'ENOTSUP',
        why: 'a kernel without CONFIG_SECURITY_NETWORK',
        perhaps: true,
      }),
    }),
    passpidfd: sets(true, true, { on: local }),
    passrights: sets(false, false, { on: local }),
    inq: writes(true, { on: ['unix'] }),
    rightsNotrunc: writes(true, { on: local }),
    timestamp: sets(true),
    timestampns: sets(true),
    timestamping: sets(
      { flags: SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE },
      { flags: SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE, bindPhc: 0 },
    ),
    txtime: sets({ clockid: CLOCK_MONOTONIC }, { clockid: CLOCK_MONOTONIC, flags: 0 }),
    attachFilter: writes(keepAll),
    detachFilter: does({ before: attach }),
    getFilter: reads(keepAll, { before: attach }),
    lockFilter: sets(true),
    attachBpf: refusesToSet(0x7fffffff, 'EBADF', 'there is no such descriptor'),
    detachBpf: does({ before: attach }),
    attachReuseportCbpf: writes(keepAll, { on: ['udp4 grouped', 'udp6 grouped'] }),
    attachReuseportEbpf: refusesToSet(0x7fffffff, 'EBADF', 'there is no such descriptor', {
      on: ['udp4 grouped', 'udp6 grouped'],
    }),
    detachReuseportBpf: does({
      on: ['udp4 grouped', 'udp6 grouped'],
      before: socket => (socket as unknown as Socket<'inet'>).setOption(so.attachReuseportCbpf, keepAll),
    }),
    bpfExtensions: reads(matching((end: number) => end >= 60)),
  },
};
