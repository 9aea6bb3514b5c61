/** Options for memory, and for timeouts of blocking calls. */
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

const DOUBLED = 'Linux doubles the value, for its bookkeeping, and silently limits it to a sysctl';

/** The receive buffer, in bytes. */
export const rcvbuf: Option<number> = so.readWrite('SO_RCVBUF', natural, {
  note: `${DOUBLED}: net.core.rmem_max`,
});

/** The send buffer, in bytes. */
export const sndbuf: Option<number> = so.readWrite('SO_SNDBUF', natural, {
  note: `${DOUBLED}: net.core.wmem_max`,
});

/** The receive buffer, in bytes. It can exceed the limit of `so.rcvbuf`. */
export const rcvbufforce: WriteOnlyOption<number> = so.writeOnly('SO_RCVBUFFORCE', natural, {
  needs: 'CAP_NET_ADMIN',
  note: 'read it with so.rcvbuf',
});

/** The send buffer, in bytes. It can exceed the limit of `so.sndbuf`. */
export const sndbufforce: WriteOnlyOption<number> = so.writeOnly('SO_SNDBUFFORCE', natural, {
  needs: 'CAP_NET_ADMIN',
  note: 'read it with so.sndbuf',
});

/**
 * The buffers whose size was set explicitly and is not adjusted automatically: `SOCK_SNDBUF_LOCK`, `SOCK_RCVBUF_LOCK`.
 */
export const bufLock: Option<number> = so.readWrite('SO_BUF_LOCK', range(0, 3), { since: '5.15' });

/** The minimum number of bytes for which the socket is readable. */
export const rcvlowat: Option<number> = so.readWrite('SO_RCVLOWAT', natural, {
  note: 'Linux replaces 0 with 1',
});

/** The minimum number of free bytes for which the socket is writable. */
export const sndlowat: ReadOnlyOption<number> = so.readOnly('SO_SNDLOWAT', natural, {
  note: 'always 1 and read-only on Linux',
});

/** The kernel’s timeout for a blocking receive or accept, in milliseconds; `null` waits indefinitely. */
export const rcvtimeo: Option<number | null> = so.readWrite('SO_RCVTIMEO', milliseconds, {
  note: 'rounded up to the kernel’s clock tick; the calls of this package use socket.timeout instead',
});

/** The kernel’s timeout for a blocking send or connect, in milliseconds; `null` waits indefinitely. */
export const sndtimeo: Option<number | null> = so.readWrite('SO_SNDTIMEO', milliseconds, {
  note: 'rounded up to the kernel’s clock tick; the calls of this package use socket.timeout instead',
});

/** Memory that is reserved for this socket, in bytes. */
export const reserveMem: Option<number> = so.readWrite('SO_RESERVE_MEM', natural, {
  since: '5.16',
  requires: 'needs memory control groups (CONFIG_MEMCG)',
});

/** The memory of a socket, in bytes unless the description says otherwise. */
export interface MemoryInfo {
  /** Data that is received and not yet read. */
  readonly rmemAlloc: number;
  /** The receive buffer: `so.rcvbuf`. */
  readonly rcvbuf: number;
  /** Data that is sent and has not yet left the machine. */
  readonly wmemAlloc: number;
  /** The send buffer: `so.sndbuf`. */
  readonly sndbuf: number;
  /** Memory that was reserved in advance. */
  readonly fwdAlloc: number;
  /** Data in the send queue of a stream. */
  readonly wmemQueued: number;
  /** Memory of options and filters. */
  readonly optmem: number;
  /** Data that arrived while a call used the socket. */
  readonly backlog: number;
  /** The number of packets that were dropped because the buffer was full. */
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

/** The socket’s memory counters, as shown by `ss -m`. */
export const meminfo: ReadOnlyOption<MemoryInfo> = so.readOnly('SO_MEMINFO', meminfoCodec);

/** Allows `MSG_ZEROCOPY` in send calls. */
export const zerocopy: Option<boolean, 'inet' | 'inet6' | 'rds' | 'vsock'> = so
  .only({ families: ['inet', 'inet6', 'rds', 'vsock'] })
  .readWrite('SO_ZEROCOPY', boolean, { note: 'RDS since Linux 4.17, vsock since 6.7' });

/** Adds a control message with the number of datagrams that were dropped because the buffer was full. */
export const rxqOvfl: Option<boolean> = so.readWrite('SO_RXQ_OVFL', boolean);

/**
 * Whether a connection changes the hash of its flow, and possibly its path, when it retransmits; -1 for the system’s
 * setting.
 */
export const txrehash: Option<number, 'inet' | 'inet6'> = soInet.readWrite('SO_TXREHASH', range(-1, 1), {
  since: '5.18',
  note: 'only TCP',
});
