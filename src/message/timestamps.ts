/**
 * Control messages with times: `bigint` nanoseconds since the epoch (for SCM_TXTIME, of a clock that the program
 * chooses). They are exact, and can be compared and subtracted. {@link toDate} and {@link toMilliseconds} convert them.
 */

import { scm_timestamping, scm_ts_pktinfo, timespec } from '../constants/layout.js';
import {
  SCM_TIMESTAMP,
  SCM_TIMESTAMPING,
  SCM_TIMESTAMPING_OPT_STATS,
  SCM_TIMESTAMPING_PKTINFO,
  SCM_TIMESTAMPNS,
  SCM_TS_OPT_ID,
  SCM_TXTIME,
  SO_TIMESTAMP_NEW,
  SO_TIMESTAMPING_NEW,
  SO_TIMESTAMPNS_NEW,
  SOL_SOCKET,
} from '../constants/socket.js';
import { invalidType } from '../errors/argument.js';
import { uint32, uint64 } from '../layout/numbers.js';
import { record, u32 } from '../layout/record.js';
import { readTimespec, timespecReader, timevalReader } from '../layout/time.js';
import {
  type Control,
  defineControl,
  defineReader,
  defineReceived,
  type Receivable,
  type SpaceOf,
  sendable,
} from './codec.js';
import { CMSG_SPACE } from './control.js';

const MAN = 'socket(7), Documentation/networking/timestamping.rst';

function checkTime(nanoseconds: unknown): bigint {
  if (typeof nanoseconds !== 'bigint') throw invalidType('nanoseconds', 'of type bigint', nanoseconds);
  return nanoseconds;
}

/** Converts nanoseconds since the epoch to a `Date`, in whole milliseconds, rounded down. */
export function toDate(nanoseconds: bigint): Date {
  return new Date(Number(checkTime(nanoseconds) / 1_000_000n));
}

/**
 * Converts nanoseconds to milliseconds with a fraction, as `performance.now()` returns. Current dates are exact to a
 * quarter of a microsecond.
 */
export function toMilliseconds(nanoseconds: bigint): number {
  return Number(checkTime(nanoseconds)) / 1e6;
}

/**
 * The time at which a datagram was received, by the system clock, in whole microseconds: `bigint` nanoseconds since the
 * epoch.
 *
 * Enabled with `setsockopt(SOL_SOCKET, SO_TIMESTAMP, 1)`. On TCP, it belongs to the last data that was read.
 *
 * @see socket(7), SO_TIMESTAMP
 */
export const timestamp: Receivable<bigint> = defineReceived(
  {
    name: 'SCM_TIMESTAMP',
    level: SOL_SOCKET,
    type: SCM_TIMESTAMP,
    also: [SO_TIMESTAMP_NEW],
    man: MAN,
    option: 'SO_TIMESTAMP',
  },
  timevalReader,
);

/**
 * The time at which a datagram was received, by the system clock: `bigint` nanoseconds since the epoch.
 *
 * Enabled with `setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1)`, which replaces SO_TIMESTAMP.
 *
 * @see socket(7), SO_TIMESTAMPNS
 */
export const timestampns: Receivable<bigint> = defineReceived(
  {
    name: 'SCM_TIMESTAMPNS',
    level: SOL_SOCKET,
    type: SCM_TIMESTAMPNS,
    also: [SO_TIMESTAMPNS_NEW],
    man: MAN,
    option: 'SO_TIMESTAMPNS',
  },
  timespecReader,
);

/** The times of a packet. Each is `null` if it was not enabled, or the device does not report it. */
export interface Timestamps {
  /** By the system clock, in nanoseconds since the epoch. */
  readonly software: bigint | null;
  /** By the device's clock, in nanoseconds. */
  readonly hardware: bigint | null;
}

const HARDWARE = scm_timestamping.ts + 2 * timespec.size;

function readTimestamps(bytes: Buffer): Timestamps {
  const at = (offset: number) => readTimespec(bytes, offset) || null;
  return Object.freeze({ software: at(scm_timestamping.ts), hardware: at(HARDWARE) });
}

/**
 * The time at which a packet was received or, in the error queue, sent: {@link Timestamps}. Called with
 * `SOF_TIMESTAMPING_TX_` flags, it requests send timestamps for one message.
 *
 * Enabled with `setsockopt(SOL_SOCKET, SO_TIMESTAMPING, flags)`, which selects the times to take and to report.
 *
 * @see Documentation/networking/timestamping.rst
 */
export const timestamping: Control<Timestamps, [flags: number]> = sendable(
  defineReceived(
    {
      name: 'SCM_TIMESTAMPING',
      level: SOL_SOCKET,
      type: SCM_TIMESTAMPING,
      also: [SO_TIMESTAMPING_NEW],
      man: MAN,
      option: 'SO_TIMESTAMPING',
    },
    { size: scm_timestamping.size, decode: readTimestamps },
  ),
  uint32,
);

/** The device and length of a packet with a hardware timestamp. */
export interface TimestampedPacket {
  /** The device's interface, by index; 0 if it is not known any more. */
  readonly interfaceIndex: number;
  /** The packet's length at layer 2, in bytes. */
  readonly length: number;
}

/**
 * The device that took a hardware timestamp, and the length of the packet: `{ interfaceIndex, length }`. Delivered with
 * `SOF_TIMESTAMPING_OPT_PKTINFO`, since Linux 4.13.
 *
 * @see Documentation/networking/timestamping.rst
 */
export const timestampingPktinfo: Receivable<TimestampedPacket> = defineReceived(
  {
    name: 'SCM_TIMESTAMPING_PKTINFO',
    level: SOL_SOCKET,
    type: SCM_TIMESTAMPING_PKTINFO,
    man: MAN,
    since: '4.13',
    option: 'SO_TIMESTAMPING',
  },
  record<TimestampedPacket>(scm_ts_pktinfo.size, {
    interfaceIndex: u32(scm_ts_pktinfo.if_index),
    length: u32(scm_ts_pktinfo.pkt_length),
  }),
);

/**
 * Statistics of a TCP connection that are delivered with a send timestamp (`SOF_TIMESTAMPING_OPT_STATS`), since Linux
 * 4.10: netlink attributes (`TCP_NLA_`), as bytes.
 *
 * @see Documentation/networking/timestamping.rst
 */
export const timestampingStats: Receivable<Buffer, SpaceOf> = defineReader(
  {
    name: 'SCM_TIMESTAMPING_OPT_STATS',
    level: SOL_SOCKET,
    type: SCM_TIMESTAMPING_OPT_STATS,
    man: MAN,
    since: '4.10',
    option: 'SO_TIMESTAMPING',
  },
  CMSG_SPACE,
  data => data,
);

/**
 * The number that a message's send timestamp has in `data`, 32 bits, instead of the socket's counter. It needs
 * `SOF_TIMESTAMPING_OPT_ID`. Only sent, since Linux 6.13.
 *
 * @see Documentation/networking/timestamping.rst
 */
export const timestampId: Control<number> = defineControl(
  { name: 'SCM_TS_OPT_ID', level: SOL_SOCKET, type: SCM_TS_OPT_ID, man: MAN, since: '6.13' },
  uint32,
);

/**
 * The time at which a message should be sent: `bigint` nanoseconds of the clock in SO_TXTIME (`sock_txtime`). The
 * queueing discipline must support it (etf, fq). Only sent, since Linux 4.19.
 *
 * @see tc-etf(8)
 */
export const txtime: Control<bigint> = defineControl(
  {
    name: 'SCM_TXTIME',
    level: SOL_SOCKET,
    type: SCM_TXTIME,
    man: 'tc-etf(8)',
    since: '4.19',
    option: 'SO_TXTIME',
  },
  uint64,
);
