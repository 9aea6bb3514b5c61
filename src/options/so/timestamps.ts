/** Options for the time when packets are received, sent, or to be sent. */

import type { FamilyName } from '../../address/address.js';
import { so_timestamping, sock_txtime } from '../../constants/layout.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, uint32 } from '../../layout/numbers.js';
import { i32, optional, record, u32 } from '../../layout/record.js';
import { so } from '../levels.js';
import type { Option } from '../option.js';

const man = 'socket(7), Documentation/networking/timestamping.rst';

/** Adds the control message `SCM_TIMESTAMP` to each datagram: the time it was received, in microseconds. */
export const timestamp: Option<boolean> = so.readWrite('SO_TIMESTAMP', boolean, {
  note: 'of this option and so.timestampns, the one that is set last is active',
});

/** Adds the control message `SCM_TIMESTAMPNS` to each datagram: the time it was received, in nanoseconds. */
export const timestampns: Option<boolean> = so.readWrite('SO_TIMESTAMPNS', boolean, { man });

/** The timestamps to take, and how they are reported. */
export interface Timestamping {
  /** `SOF_TIMESTAMPING_` bits. */
  readonly flags: number;
  /** The index of the device’s clock for timestamps (`SOF_TIMESTAMPING_BIND_PHC`); 0 for none. */
  readonly bindPhc: number;
}

const whole: Codec<Timestamping, Partial<Timestamping>> = record(so_timestamping.size, {
  flags: u32(so_timestamping.flags),
  bindPhc: optional(i32(so_timestamping.bind_phc), 0),
});

// Before Linux 5.13 the value was only the flags. Such kernels take and return only that much.
const timestampingCodec: Codec<Timestamping, Partial<Timestamping>> = {
  ...whole,
  fits: length => length === uint32.size || length === so_timestamping.size,
  encode(value, argument) {
    const bytes = whole.encode(value, argument);
    return value.bindPhc ? bytes : bytes.subarray(0, uint32.size);
  },
  decode: bytes => whole.decode(Buffer.concat([bytes, Buffer.alloc(so_timestamping.size - bytes.length)])),
};

/** Timestamps of sent and received packets, from the kernel or the device. */
export const timestamping: Option<Timestamping, FamilyName, Partial<Timestamping>> = so.readWrite(
  'SO_TIMESTAMPING',
  timestampingCodec,
  { man },
);

/** The meaning of the times in `SCM_TXTIME`. */
export interface TransmitTime {
  /** The clock: `CLOCK_MONOTONIC`, `CLOCK_TAI`, … */
  readonly clockid: number;
  /** `SOF_TXTIME_DEADLINE_MODE`, `SOF_TXTIME_REPORT_ERRORS`. */
  readonly flags: number;
}

const txtimeCodec: Codec<TransmitTime, Partial<TransmitTime>> = record(sock_txtime.size, {
  clockid: i32(sock_txtime.clockid),
  flags: optional(u32(sock_txtime.flags), 0),
});

/** Allows each packet to be sent at the time in its `SCM_TXTIME`. */
export const txtime: Option<TransmitTime, FamilyName, Partial<TransmitTime>> = so.readWrite(
  'SO_TXTIME',
  txtimeCodec,
  {
    since: '4.19',
    needs: 'CAP_NET_ADMIN for any clock except CLOCK_MONOTONIC',
    note: 'needs the etf or fq queueing discipline',
  },
);
