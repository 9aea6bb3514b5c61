/** The state and counters of a connection. */
import { release } from 'node:os';
import { lazy } from '../../constants/lazy.js';
import * as c from '../../families/inet/constants.js';
import { tcp_info as at } from '../../families/inet/layout.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, mapped, rate64, record, u8, u16, u32, u64 } from '../../layout/record.js';
import { littleEndian } from '../../layout/view.js';
import { type Inet, tcp } from '../levels.js';
import type { ReadOnlyOption } from '../option.js';

/** A connection state of RFC 793. */
export type TcpState =
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'LISTEN'
  | 'CLOSING'
  | `unknown ${number}`;

/** A state of congestion control. */
export type CongestionState = 'Open' | 'Disorder' | 'CWR' | 'Recovery' | 'Loss' | `unknown ${number}`;

/**
 * The kind of ECN (explicit congestion notification) that was negotiated; `pending` until the connection is
 * established.
 */
export type EcnMode = 'disabled' | 'rfc3168' | 'accecn' | 'pending' | `unknown ${number}`;

/** The features that the peers negotiated, and related observations. */
export interface TcpOptions {
  /** Segments carry timestamps. */
  readonly timestamps: boolean;
  /** Segments that arrive out of order are acknowledged selectively. */
  readonly sack: boolean;
  /** Windows can be larger than 64 KiB. */
  readonly windowScale: boolean;
  /** Congestion is signalled with ECN. */
  readonly ecn: boolean;
  /** A packet with an ECN mark was received. */
  readonly ecnSeen: boolean;
  /** Data in the SYN was acknowledged (fast open). */
  readonly synData: boolean;
  /** The timestamps are in microseconds. */
  readonly usecTimestamps: boolean;
  /** The connection was accepted with fast open. */
  readonly fastOpenChild: boolean;
}

/**
 * The state and counters of a connection: `tcp.info`.
 *
 * Sizes are in bytes and counts are in segments. Times are in microseconds, unless the name or description says
 * milliseconds. 64-bit counters are numbers, exact up to 2 ** 53 (nine petabytes). Fields that an older kernel does not
 * report are absent. Fields that a newer kernel adds are ignored.
 */
export interface TcpInfo {
  /** The state of the connection. */
  readonly state: TcpState;
  /** The state of congestion control. */
  readonly caState: CongestionState;
  /** The number of retransmissions of the oldest unacknowledged segment. */
  readonly retransmits: number;
  /** The number of unanswered keepalive or window probes. */
  readonly probes: number;
  /** The number of times the timeout was doubled. */
  readonly backoff: number;
  /** The features that the peers negotiated. */
  readonly options: TcpOptions;
  /** The peer's window scale, as a power of two. */
  readonly sndWscale: number;
  /** The local window scale, as a power of two. */
  readonly rcvWscale: number;
  /** Whether `deliveryRate` was limited by the application. */
  readonly deliveryRateAppLimited: boolean;
  /**
   * Why fast open failed: 0 it succeeded or was not tried, 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted.
   */
  readonly fastopenClientFail: number;
  /** The retransmission timeout. */
  readonly rto: number;
  /** The predicted delay of acknowledgements. */
  readonly ato: number;
  /** The maximum segment size for sending, in bytes. */
  readonly sndMss: number;
  /** The maximum segment size that the peer uses, as observed, in bytes. */
  readonly rcvMss: number;
  /**
   * The number of segments that are sent and not acknowledged. On a listening socket, the number of connections in the
   * backlog.
   */
  readonly unacked: number;
  /** The number of segments that were acknowledged out of order. On a listening socket, the maximum of the backlog. */
  readonly sacked: number;
  /** The number of segments that are considered lost. */
  readonly lost: number;
  /** The number of segments that are retransmitted and not acknowledged. */
  readonly retrans: number;
  /** Always 0: unused since Linux 4.15. */
  readonly fackets: number;
  /** Milliseconds since data was last sent. */
  readonly lastDataSent: number;
  /** Always 0: not recorded by the kernel. */
  readonly lastAckSent: number;
  /** Milliseconds since data was last received. */
  readonly lastDataRecv: number;
  /** Milliseconds since an acknowledgement was last received. */
  readonly lastAckRecv: number;
  /** The path MTU, in bytes. */
  readonly pmtu: number;
  /** The current limit of the local receive window, in bytes. */
  readonly rcvSsthresh: number;
  /** The smoothed round trip time. */
  readonly rtt: number;
  /** The variation of the round trip time. */
  readonly rttvar: number;
  /** The slow start threshold, in segments. */
  readonly sndSsthresh: number;
  /** The congestion window. */
  readonly sndCwnd: number;
  /** The maximum segment size that was advertised to the peer. */
  readonly advmss: number;
  /** The number of positions by which a segment can be out of order before it is considered lost. */
  readonly reordering: number;
  /** The round trip time, as estimated by the receiver. */
  readonly rcvRtt: number;
  /** The receive buffer space that is used for auto-tuning, in bytes. */
  readonly rcvSpace: number;
  /** The number of all retransmissions of the connection. */
  readonly totalRetrans: number;
  /** The pacing rate, in bytes per second; `Infinity` for no limit. */
  readonly pacingRate?: number;
  /** The maximum pacing rate, in bytes per second; `Infinity` for no limit. */
  readonly maxPacingRate?: number;
  /** The number of bytes that the peer acknowledged. */
  readonly bytesAcked?: number;
  /** The number of bytes that were received in order. */
  readonly bytesReceived?: number;
  /** Segments sent. */
  readonly segsOut?: number;
  /** Segments received. */
  readonly segsIn?: number;
  /** The number of bytes that are queued and not yet sent. */
  readonly notsentBytes?: number;
  /** The shortest round trip time. */
  readonly minRtt?: number;
  /** The number of received segments with data. */
  readonly dataSegsIn?: number;
  /** The number of sent segments with data. */
  readonly dataSegsOut?: number;
  /** The delivery rate, in bytes per second. */
  readonly deliveryRate?: number;
  /** The time during which there was data to send. */
  readonly busyTime?: number;
  /** The time during which the peer's window limited sending. */
  readonly rwndLimited?: number;
  /** The time during which the send buffer limited sending. */
  readonly sndbufLimited?: number;
  /** The number of segments that reached the peer, including retransmitted ones. */
  readonly delivered?: number;
  /** The number of delivered segments with an ECN mark. */
  readonly deliveredCe?: number;
  /** The number of bytes sent, including retransmitted ones. */
  readonly bytesSent?: number;
  /** Bytes retransmitted. */
  readonly bytesRetrans?: number;
  /** The number of segments that the peer reported as received twice. */
  readonly dsackDups?: number;
  /** The number of times that reordering was detected. */
  readonly reordSeen?: number;
  /** The number of segments that were received out of order. */
  readonly rcvOoopack?: number;
  /** The peer's window, in bytes. */
  readonly sndWnd?: number;
  /** The local receive window, in bytes. */
  readonly rcvWnd?: number;
  /** The number of times that the flow's hash was changed: `so.txrehash`. */
  readonly rehash?: number;
  /** The number of times that the retransmission timer expired. */
  readonly totalRto?: number;
  /** The number of times that the connection recovered from an expired retransmission timer. */
  readonly totalRtoRecoveries?: number;
  /** The total time of those recoveries, in milliseconds. */
  readonly totalRtoTime?: number;
  /** The number of received segments with a congestion mark. */
  readonly receivedCe?: number;
  /** The number of bytes that the peer reported as received with ECT(1) (AccECN). */
  readonly deliveredE1Bytes?: number;
  /** The number of bytes that the peer reported as received with ECT(0). */
  readonly deliveredE0Bytes?: number;
  /** The number of bytes that the peer reported as received with a congestion mark. */
  readonly deliveredCeBytes?: number;
  /** The number of bytes received with ECT(1). */
  readonly receivedE1Bytes?: number;
  /** The number of bytes received with ECT(0). */
  readonly receivedE0Bytes?: number;
  /** The number of bytes received with a congestion mark. */
  readonly receivedCeBytes?: number;
  /** The kind of ECN that was negotiated. */
  readonly ecnMode?: EcnMode;
  /** The AccECN option that was seen last: one of `TCP_ACCECN_OPT_`. */
  readonly accecnOptSeen?: number;
  /** The parts of AccECN that failed: `TCP_ACCECN_ACE_FAIL_` and `TCP_ACCECN_OPT_FAIL_` bits. */
  readonly accecnFailMode?: number;
}

/** Decodes a number to its name. */
function named<Name extends string>(
  field: Field<number>,
  names: Readonly<Record<number, Name>>,
): Field<Name | `unknown ${number}`> {
  return mapped(field, number => names[number] ?? (`unknown ${number}` as const));
}

const states: Readonly<Record<number, TcpState>> = {
  [c.TCP_ESTABLISHED]: 'ESTABLISHED',
  [c.TCP_SYN_SENT]: 'SYN_SENT',
  [c.TCP_SYN_RECV]: 'SYN_RECV',
  [c.TCP_FIN_WAIT1]: 'FIN_WAIT1',
  [c.TCP_FIN_WAIT2]: 'FIN_WAIT2',
  [c.TCP_TIME_WAIT]: 'TIME_WAIT',
  [c.TCP_CLOSE]: 'CLOSE',
  [c.TCP_CLOSE_WAIT]: 'CLOSE_WAIT',
  [c.TCP_LAST_ACK]: 'LAST_ACK',
  [c.TCP_LISTEN]: 'LISTEN',
  [c.TCP_CLOSING]: 'CLOSING',
};

const congestionStates: Readonly<Record<number, CongestionState>> = {
  [c.TCP_CA_Open]: 'Open',
  [c.TCP_CA_Disorder]: 'Disorder',
  [c.TCP_CA_CWR]: 'CWR',
  [c.TCP_CA_Recovery]: 'Recovery',
  [c.TCP_CA_Loss]: 'Loss',
};

const ecnModes: Readonly<Record<number, EcnMode>> = {
  [c.TCPI_ECN_MODE_DISABLED]: 'disabled',
  [c.TCPI_ECN_MODE_RFC3168]: 'rfc3168',
  [c.TCPI_ECN_MODE_ACCECN]: 'accecn',
  [c.TCPI_ECN_MODE_PENDING]: 'pending',
};

function decodeOptions(bits: number): TcpOptions {
  return Object.freeze({
    timestamps: (bits & c.TCPI_OPT_TIMESTAMPS) !== 0,
    sack: (bits & c.TCPI_OPT_SACK) !== 0,
    windowScale: (bits & c.TCPI_OPT_WSCALE) !== 0,
    ecn: (bits & c.TCPI_OPT_ECN) !== 0,
    ecnSeen: (bits & c.TCPI_OPT_ECN_SEEN) !== 0,
    synData: (bits & c.TCPI_OPT_SYN_DATA) !== 0,
    usecTimestamps: (bits & c.TCPI_OPT_USEC_TS) !== 0,
    fastOpenChild: (bits & c.TCPI_OPT_TFO_CHILD) !== 0,
  });
}

/**
 * Decodes some bits of a byte. Compilers allocate bit-fields from the low bit on little-endian machines, and from the
 * high bit on others.
 */
function bits(offset: number, first: number, count: number): Field<number> {
  const shift = littleEndian ? first : 8 - first - count;
  return mapped(u8(offset), byte => (byte >> shift) & ((1 << count) - 1));
}

/** The length up to `totalRetrans`, which every Linux since 2.6 returns. */
const LEAST = at.tcpi_total_retrans + at.tcpi_total_retrans_size;

const whole: Codec<TcpInfo> = record<TcpInfo>(
  at.size,
  {
    state: named(u8(at.tcpi_state), states),
    caState: named(u8(at.tcpi_ca_state), congestionStates),
    retransmits: u8(at.tcpi_retransmits),
    probes: u8(at.tcpi_probes),
    backoff: u8(at.tcpi_backoff),
    options: mapped(u8(at.tcpi_options), decodeOptions),
    sndWscale: bits(at.tcpi_wscale, 0, 4),
    rcvWscale: bits(at.tcpi_wscale, 4, 4),
    deliveryRateAppLimited: mapped(bits(at.tcpi_wscale + 1, 0, 1), bit => bit === 1),
    fastopenClientFail: bits(at.tcpi_wscale + 1, 1, 2),
    rto: u32(at.tcpi_rto),
    ato: u32(at.tcpi_ato),
    sndMss: u32(at.tcpi_snd_mss),
    rcvMss: u32(at.tcpi_rcv_mss),
    unacked: u32(at.tcpi_unacked),
    sacked: u32(at.tcpi_sacked),
    lost: u32(at.tcpi_lost),
    retrans: u32(at.tcpi_retrans),
    fackets: u32(at.tcpi_fackets),
    lastDataSent: u32(at.tcpi_last_data_sent),
    lastAckSent: u32(at.tcpi_last_ack_sent),
    lastDataRecv: u32(at.tcpi_last_data_recv),
    lastAckRecv: u32(at.tcpi_last_ack_recv),
    pmtu: u32(at.tcpi_pmtu),
    rcvSsthresh: u32(at.tcpi_rcv_ssthresh),
    rtt: u32(at.tcpi_rtt),
    rttvar: u32(at.tcpi_rttvar),
    sndSsthresh: u32(at.tcpi_snd_ssthresh),
    sndCwnd: u32(at.tcpi_snd_cwnd),
    advmss: u32(at.tcpi_advmss),
    reordering: u32(at.tcpi_reordering),
    rcvRtt: u32(at.tcpi_rcv_rtt),
    rcvSpace: u32(at.tcpi_rcv_space),
    totalRetrans: u32(at.tcpi_total_retrans),
    pacingRate: rate64(at.tcpi_pacing_rate),
    maxPacingRate: rate64(at.tcpi_max_pacing_rate),
    bytesAcked: u64(at.tcpi_bytes_acked),
    bytesReceived: u64(at.tcpi_bytes_received),
    segsOut: u32(at.tcpi_segs_out),
    segsIn: u32(at.tcpi_segs_in),
    notsentBytes: u32(at.tcpi_notsent_bytes),
    minRtt: u32(at.tcpi_min_rtt),
    dataSegsIn: u32(at.tcpi_data_segs_in),
    dataSegsOut: u32(at.tcpi_data_segs_out),
    deliveryRate: u64(at.tcpi_delivery_rate),
    busyTime: u64(at.tcpi_busy_time),
    rwndLimited: u64(at.tcpi_rwnd_limited),
    sndbufLimited: u64(at.tcpi_sndbuf_limited),
    delivered: u32(at.tcpi_delivered),
    deliveredCe: u32(at.tcpi_delivered_ce),
    bytesSent: u64(at.tcpi_bytes_sent),
    bytesRetrans: u64(at.tcpi_bytes_retrans),
    dsackDups: u32(at.tcpi_dsack_dups),
    reordSeen: u32(at.tcpi_reord_seen),
    rcvOoopack: u32(at.tcpi_rcv_ooopack),
    sndWnd: u32(at.tcpi_snd_wnd),
    rcvWnd: u32(at.tcpi_rcv_wnd),
    rehash: u32(at.tcpi_rehash),
    totalRto: u16(at.tcpi_total_rto),
    totalRtoRecoveries: u16(at.tcpi_total_rto_recoveries),
    totalRtoTime: u32(at.tcpi_total_rto_time),
    receivedCe: u32(at.tcpi_received_ce),
    deliveredE1Bytes: u32(at.tcpi_delivered_e1_bytes),
    deliveredE0Bytes: u32(at.tcpi_delivered_e0_bytes),
    deliveredCeBytes: u32(at.tcpi_delivered_ce_bytes),
    receivedE1Bytes: u32(at.tcpi_received_e1_bytes),
    receivedE0Bytes: u32(at.tcpi_received_e0_bytes),
    receivedCeBytes: u32(at.tcpi_received_ce_bytes),
    ecnMode: named(bits(at.tcpi_ecn, 0, 2), ecnModes),
    accecnOptSeen: bits(at.tcpi_ecn, 2, 2),
    accecnFailMode: bits(at.tcpi_ecn, 4, 4),
  },
  LEAST,
);

/** Linux 6.19 has two other numbers where later kernels have the bits of ECN. Deno throws if it may not read the release. */
const kernel = lazy(() => {
  try {
    return { isOtherwise: /^6\.19\b/.test(release()) };
  } catch {
    return { isOtherwise: false };
  }
});

/** The codec of struct tcp_info, linux/tcp.h. The units are those of tcp_get_info in net/ipv4/tcp.c. */
const codec: Codec<TcpInfo> = {
  ...whole,
  type: 'TcpInfo',
  decode: bytes => whole.decode(kernel().isOtherwise ? bytes.subarray(0, at.tcpi_ecn) : bytes),
};

/** The state and counters of the connection. See `TcpInfo` for the fields and their units. */
export const info: ReadOnlyOption<TcpInfo, Inet> = tcp.readOnly('TCP_INFO', codec);
