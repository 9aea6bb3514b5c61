/** When a packet came, went, or shall go. */

import type { FamilyName } from '../../address/address.js';
import { so_timestamping, sock_txtime } from '../../constants/layout.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, uint32 } from '../../layout/numbers.js';
import { i32, optional, record, u32 } from '../../layout/record.js';
import { so } from '../levels.js';
import type { Option } from '../option.js';

const man = 'socket(7), Documentation/networking/timestamping.rst';

/** Whether each datagram says when it came, in microseconds: the control message `SCM_TIMESTAMP`. */
export const timestamp: Option<boolean> = so.readWrite('SO_TIMESTAMP', boolean, {
  note: 'so.timestampns takes its place, and gives it up to this one',
});

/** Whether each datagram says when it came, in nanoseconds: the control message `SCM_TIMESTAMPNS`. */
export const timestampns: Option<boolean> = so.readWrite('SO_TIMESTAMPNS', boolean, { man });

/** Which timestamps are taken, and how they are reported. */
export interface Timestamping {
  /** `SOF_TIMESTAMPING_` bits. */
  readonly flags: number;
  /** The clock of the device that they are to be told by (`SOF_TIMESTAMPING_BIND_PHC`); 0 otherwise. */
  readonly bindPhc: number;
}

const whole: Codec<Timestamping, Partial<Timestamping>> = record(so_timestamping.size, {
  flags: u32(so_timestamping.flags),
  bindPhc: optional(i32(so_timestamping.bind_phc), 0),
});

// Before Linux 5.13 the value was the flags alone: such kernels take as much, and answer as much.
const timestampingCodec: Codec<Timestamping, Partial<Timestamping>> = {
  ...whole,
  fits: length => length === uint32.size || length === so_timestamping.size,
  encode(value, argument) {
    const bytes = whole.encode(value, argument);
    return value.bindPhc ? bytes : bytes.subarray(0, uint32.size);
  },
  decode: bytes => whole.decode(Buffer.concat([bytes, Buffer.alloc(so_timestamping.size - bytes.length)])),
};

/** Timestamps of what is sent and received, by the kernel or the device. */
export const timestamping: Option<Timestamping, FamilyName, Partial<Timestamping>> = so.readWrite(
  'SO_TIMESTAMPING',
  timestampingCodec,
  { man },
);

/** How the times of `SCM_TXTIME` are meant. */
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

/** Lets each packet be sent at the time that its `SCM_TXTIME` says. */
export const txtime: Option<TransmitTime, FamilyName, Partial<TransmitTime>> = so.readWrite(
  'SO_TXTIME',
  txtimeCodec,
  {
    since: '4.19',
    needs: 'CAP_NET_ADMIN for any clock but CLOCK_MONOTONIC',
    note: 'heeded where the device’s queue is etf or fq',
  },
);
