import type { Socket } from 'berkeley';
import { TCP_REPAIR_ON, TCP_SEND_QUEUE } from 'berkeley/constants';
import { type tcp as rows, tcp } from 'berkeley/options';
import type { KindName } from '../kinds.js';
import { type GroupPlan, matching, reads, refusesToSet, sets, writes } from '../plan.js';

const connected: readonly KindName[] = ['tcp4 connected', 'tcp6 connected'];
type Inet = Socket<'inet'>;
const repair = (socket: Socket<never>) => (socket as unknown as Inet).setOption(tcp.repair, TCP_REPAIR_ON);
const repairQueue = (socket: Socket<never>) => {
  repair(socket);
  (socket as unknown as Inet).setOption(tcp.repairQueue, TCP_SEND_QUEUE);
};

export const tcpPlans: GroupPlan = {
  kinds: ['tcp4', 'tcp6'],
  rows: {
    nodelay: sets(true),
    cork: sets(true),
    maxseg: sets(
      1000,
      matching((size: number) => size === 1000 || size === 536),
    ),
    quickack: sets(
      false,
      matching((on: unknown) => typeof on === 'boolean'),
    ),
    notsentLowat: sets(16_384),
    windowClamp: sets(65_536),
    txDelay: sets(1000),
    thinLinearTimeouts: sets(true),
    thinDupack: sets(true, false),
    inq: sets(true),
    rtoMaxMs: sets(60_000),
    rtoMinUs: sets(100_000),
    delackMaxUs: sets(100_000),
    keepidle: sets(60),
    keepintvl: sets(10),
    keepcnt: sets(4),
    userTimeout: sets(30_000),
    syncnt: sets(3),
    linger2: sets(10),
    deferAccept: sets(
      3,
      matching((seconds: number) => seconds >= 3),
    ),
    saveSyn: sets(1),
    isMptcp: reads(false),
    fastopen: sets(16),
    fastopenConnect: sets(true),
    fastopenNoCookie: sets(true),
    fastopenKey: sets(Buffer.from('0123456789abcdef')),
    savedSyn: reads(Buffer.alloc(0)),
    repair: sets(TCP_REPAIR_ON),
    repairQueue: sets(TCP_SEND_QUEUE, TCP_SEND_QUEUE, { before: repair }),
    queueSeq: sets(0x80000001, 0x80000001, { before: repairQueue }),
    repairOptions: writes([{ code: 2, value: 1460 }], { before: repair, on: connected }),
    repairWindow: reads(
      matching((window: rows.RepairWindow) => window.rcvWnd > 0),
      { before: repair, on: connected },
    ),
    timestamp: sets(
      12_345,
      matching((ticks: number) => ticks >= 12_345 && ticks < 13_345),
      { before: repair },
    ),
    md5sig: writes({ host: '192.0.2.1', key: Buffer.from('secret') }, { on: ['tcp4'] }),
    md5sigExt: writes({ host: '192.0.2.0', prefixLength: 24, key: Buffer.from('secret') }, { on: ['tcp4'] }),
    congestion: sets('reno'),
    ulp: refusesToSet('nonesuch', 'ENOENT', 'there is no such protocol', { on: connected }),
    ccInfo: reads(matching((info: rows.CongestionInfo) => typeof info === 'object')),
    info: reads(
      matching((info: rows.TcpInfo) => info.state === 'ESTABLISHED' && info.sndMss > 0 && info.options.sack),
      { on: connected },
    ),
  },
};
