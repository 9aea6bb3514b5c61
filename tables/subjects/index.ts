import type { Subject } from '../subject.js';
import { alg } from './alg.js';
import { bluetooth } from './bluetooth.js';
import { bpf } from './bpf.js';
import { can } from './can.js';
import { divert } from './divert.js';
import { errno } from './errno.js';
import { hyperv } from './hyperv.js';
import { inet } from './inet.js';
import { inet6 } from './inet6.js';
import { netlink } from './netlink.js';
import { packet } from './packet.js';
import { qipcrtr } from './qipcrtr.js';
import { rds } from './rds.js';
import { resolver } from './resolver.js';
import { route } from './route.js';
import { sctp } from './sctp.js';
import { smc } from './smc.js';
import { socket } from './socket.js';
import { system } from './system.js';
import { tipc } from './tipc.js';
import { unix } from './unix.js';
import { vsock } from './vsock.js';
import { windows } from './windows.js';
import { xdp } from './xdp.js';

/** The subjects that have generated files of their own. */
export const subjects: readonly Subject[] = [
  socket,
  inet,
  inet6,
  unix,
  netlink,
  packet,
  can,
  tipc,
  vsock,
  alg,
  bluetooth,
  rds,
  qipcrtr,
  smc,
  system,
  hyperv,
  divert,
  route,
  bpf,
  sctp,
  xdp,
  windows,
  resolver,
];

/** All subjects for which the compilers are run. */
export const everySubject: readonly Subject[] = [...subjects, errno];
