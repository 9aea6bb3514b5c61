/** Memory, and how long a blocking call waits for some. */
import {
  SK_MEMINFO_BACKLOG,
  SK_MEMINFO_DROPS,
  SK_MEMINFO_FWD_ALLOC,
  SK_MEMINFO_OPTMEM,
  SK_MEMINFO_RCVBUF,
  SK_MEMINFO_RMEM_ALLOC,
  SK_MEMINFO_SNDBUF,
  SK_MEMINFO_VARS,
  SK_MEMINFO_WMEM_ALLOC,
  SK_MEMINFO_WMEM_QUEUED,
} from '../../constants/socket.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, natural, range } from '../../layout/numbers.js';
import { record, u32 } from '../../layout/record.js';
import { milliseconds } from '../../layout/time.js';
import { so, soInet } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const DOUBLED =
  'Linux doubles the value, for its own bookkeeping, and bounds it by a sysctl without an error';

/** The receive buffer, in bytes. */
export const rcvbuf: Option<number> = so.readWrite('SO_RCVBUF', natural, {
  note: `${DOUBLED}: net.core.rmem_max`,
});

/** The send buffer, in bytes. */
export const sndbuf: Option<number> = so.readWrite('SO_SNDBUF', natural, {
  note: `${DOUBLED}: net.core.wmem_max`,
});

/** `so.rcvbuf` beyond the system’s bound. */
export const rcvbufforce: WriteOnlyOption<number> = so.writeOnly('SO_RCVBUFFORCE', natural, {
  needs: 'CAP_NET_ADMIN',
  note: 'read it as so.rcvbuf',
});

/** `so.sndbuf` beyond the system’s bound. */
export const sndbufforce: WriteOnlyOption<number> = so.writeOnly('SO_SNDBUFFORCE', natural, {
  needs: 'CAP_NET_ADMIN',
  note: 'read it as so.sndbuf',
});

/** Which buffer sizes were set by hand, and so do not grow by themselves: `SOCK_SNDBUF_LOCK`, `SOCK_RCVBUF_LOCK`. */
export const bufLock: Option<number> = so.readWrite('SO_BUF_LOCK', range(0, 3), { since: '5.15' });

/** The fewest bytes with which the socket is readable. */
export const rcvlowat: Option<number> = so.readWrite('SO_RCVLOWAT', natural, {
  note: 'Linux makes 0 a 1',
});

/** The fewest free bytes with which the socket is writable. */
export const sndlowat: ReadOnlyOption<number> = so.readOnly('SO_SNDLOWAT', natural, {
  note: 'always 1 on Linux, where it cannot be set',
});

/** How long the kernel lets a blocking receive or accept wait: milliseconds; `null` for ever. */
export const rcvtimeo: Option<number | null> = so.readWrite('SO_RCVTIMEO', milliseconds, {
  note: 'rounded up to the kernel’s clock tick. The calls of this package have deadlines of their own: socket.timeout',
});

/** How long the kernel lets a blocking send or connect wait: milliseconds; `null` for ever. */
export const sndtimeo: Option<number | null> = so.readWrite('SO_SNDTIMEO', milliseconds, {
  note: 'rounded up to the kernel’s clock tick. The calls of this package have deadlines of their own: socket.timeout',
});

/** Memory that is kept for this socket alone, in bytes. */
export const reserveMem: Option<number> = so.readWrite('SO_RESERVE_MEM', natural, {
  since: '5.16',
  requires: 'needs memory control groups (CONFIG_MEMCG)',
});

/** A socket’s memory, in bytes unless said otherwise. */
export interface MemoryInfo {
  /** What was received and not yet read. */
  readonly rmemAlloc: number;
  /** The receive buffer: `so.rcvbuf`. */
  readonly rcvbuf: number;
  /** What was sent and has not yet left. */
  readonly wmemAlloc: number;
  /** The send buffer: `so.sndbuf`. */
  readonly sndbuf: number;
  /** What was taken from the system in advance. */
  readonly fwdAlloc: number;
  /** What waits to be sent, in a stream. */
  readonly wmemQueued: number;
  /** What options and filters take. */
  readonly optmem: number;
  /** What came while the socket was in use by a call. */
  readonly backlog: number;
  /** How many packets were dropped for want of space. */
  readonly drops: number;
}

const meminfoCodec: Codec<MemoryInfo> = record<MemoryInfo>(SK_MEMINFO_VARS * 4, {
  rmemAlloc: u32(SK_MEMINFO_RMEM_ALLOC * 4),
  rcvbuf: u32(SK_MEMINFO_RCVBUF * 4),
  wmemAlloc: u32(SK_MEMINFO_WMEM_ALLOC * 4),
  sndbuf: u32(SK_MEMINFO_SNDBUF * 4),
  fwdAlloc: u32(SK_MEMINFO_FWD_ALLOC * 4),
  wmemQueued: u32(SK_MEMINFO_WMEM_QUEUED * 4),
  optmem: u32(SK_MEMINFO_OPTMEM * 4),
  backlog: u32(SK_MEMINFO_BACKLOG * 4),
  drops: u32(SK_MEMINFO_DROPS * 4),
});

/** The socket’s memory counters, as `ss -m` shows them. */
export const meminfo: ReadOnlyOption<MemoryInfo> = so.readOnly('SO_MEMINFO', meminfoCodec);

/** Whether sends may use `MSG_ZEROCOPY`. */
export const zerocopy: Option<boolean, 'inet' | 'inet6' | 'rds' | 'vsock'> = so
  .only({ families: ['inet', 'inet6', 'rds', 'vsock'] })
  .readWrite('SO_ZEROCOPY', boolean, { note: 'RDS since Linux 4.17, vsock since 6.7' });

/** Whether a control message says how many datagrams were dropped for want of space. */
export const rxqOvfl: Option<boolean> = so.readWrite('SO_RXQ_OVFL', boolean);

/** Whether a connection changes the hash of its flow, and so perhaps its path, when it has to retransmit; -1: as the system’s setting says. */
export const txrehash: Option<number, 'inet' | 'inet6'> = soInet.readWrite('SO_TXREHASH', range(-1, 1), {
  since: '5.18',
  note: 'TCP alone',
});
