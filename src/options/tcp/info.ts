/** What the kernel tells of a connection. */
import { release } from 'node:os';
import * as c from '../../families/inet/constants.js';
import { tcp_info as at } from '../../families/inet/layout.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, mapped, rate64, record, u8, u16, u32, u64 } from '../../layout/record.js';
import { littleEndian } from '../../layout/view.js';
import { type Inet, tcp } from '../levels.js';
import type { ReadOnlyOption } from '../option.js';

/** A state of RFC 793. */
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

/** How much ECN (explicit congestion notification) a connection has agreed on; `pending` until it is connected. */
export type EcnMode = 'disabled' | 'rfc3168' | 'accecn' | 'pending' | `unknown ${number}`;

/** What the ends of a connection agreed on, and what was seen of it. */
export interface TcpOptions {
  /** Segments carry timestamps. */
  readonly timestamps: boolean;
  /** Segments out of order are acknowledged one by one. */
  readonly sack: boolean;
  /** Windows may be larger than 64 KiB. */
  readonly windowScale: boolean;
  /** Congestion is told by ECN. */
  readonly ecn: boolean;
  /** A packet marked by ECN has come. */
  readonly ecnSeen: boolean;
  /** Data in the SYN was acknowledged (fast open). */
  readonly synData: boolean;
  /** The timestamps count microseconds. */
  readonly usecTimestamps: boolean;
  /** The connection came by fast open. */
  readonly fastOpenChild: boolean;
}

/**
 * A connection's state and figures: `tcp.info`.
 *
 * Sizes are in bytes and counts in segments. Times are in microseconds, but for those whose name or line says milliseconds.
 * Counters of 64 bits are numbers: exact to 2 ** 53, which is nine petabytes. A kernel that is too old for a field leaves
 * it out; what a newer one adds is passed over.
 */
export interface TcpInfo {
  /** The state of the connection. */
  readonly state: TcpState;
  /** The state of congestion control. */
  readonly caState: CongestionState;
  /** Retransmissions of the oldest unacknowledged segment, so far. */
  readonly retransmits: number;
  /** Unanswered keepalive or window probes. */
  readonly probes: number;
  /** How many times the timeout was doubled. */
  readonly backoff: number;
  /** What the ends agreed on. */
  readonly options: TcpOptions;
  /** The peer's window scale, as a power of two. */
  readonly sndWscale: number;
  /** Our window scale, as a power of two. */
  readonly rcvWscale: number;
  /** Whether `deliveryRate` was held down by the application. */
  readonly deliveryRateAppLimited: boolean;
  /** Why fast open did not work: 0 it did or was not tried, 1 no cookie, 2 data not acknowledged, 3 SYN repeated. */
  readonly fastopenClientFail: number;
  /** The retransmission timeout. */
  readonly rto: number;
  /** How long an acknowledgement is delayed, by prediction. */
  readonly ato: number;
  /** The largest segment that is sent, in bytes. */
  readonly sndMss: number;
  /** The largest segment that the peer sends, as far as was seen. */
  readonly rcvMss: number;
  /** Sent and not acknowledged; of a listener: connections that wait to be accepted. */
  readonly unacked: number;
  /** Acknowledged out of order; of a listener: the backlog. */
  readonly sacked: number;
  /** Given up for lost. */
  readonly lost: number;
  /** Retransmitted and not acknowledged. */
  readonly retrans: number;
  /** Unused since Linux 4.15: 0. */
  readonly fackets: number;
  /** Milliseconds since data was last sent. */
  readonly lastDataSent: number;
  /** Not remembered by the kernel: 0. */
  readonly lastAckSent: number;
  /** Milliseconds since data last came. */
  readonly lastDataRecv: number;
  /** Milliseconds since an acknowledgement last came. */
  readonly lastAckRecv: number;
  /** The path’s MTU, in bytes. */
  readonly pmtu: number;
  /** How large our window may become for now, in bytes. */
  readonly rcvSsthresh: number;
  /** The smoothed round trip. */
  readonly rtt: number;
  /** How much the round trip varies. */
  readonly rttvar: number;
  /** The window from which slow start is over, in segments. */
  readonly sndSsthresh: number;
  /** The congestion window. */
  readonly sndCwnd: number;
  /** The largest segment that we told the peer to send. */
  readonly advmss: number;
  /** By how many places segments may be out of order before they count as lost. */
  readonly reordering: number;
  /** The round trip as the receiver sees it. */
  readonly rcvRtt: number;
  /** What the receive buffer is tuned to hold, in bytes. */
  readonly rcvSpace: number;
  /** All retransmissions of the connection. */
  readonly totalRetrans: number;
  /** Bytes a second; `Infinity` for no limit. */
  readonly pacingRate?: number;
  /** Bytes a second; `Infinity` for no limit. */
  readonly maxPacingRate?: number;
  /** Bytes that the peer acknowledged. */
  readonly bytesAcked?: number;
  /** Bytes that came in order. */
  readonly bytesReceived?: number;
  /** Segments sent. */
  readonly segsOut?: number;
  /** Segments received. */
  readonly segsIn?: number;
  /** Bytes that wait to be sent for the first time. */
  readonly notsentBytes?: number;
  /** The shortest round trip. */
  readonly minRtt?: number;
  /** Segments received that had data. */
  readonly dataSegsIn?: number;
  /** Segments sent that had data. */
  readonly dataSegsOut?: number;
  /** Bytes a second. */
  readonly deliveryRate?: number;
  /** Time with data to send. */
  readonly busyTime?: number;
  /** Time that the peer's window held us up. */
  readonly rwndLimited?: number;
  /** Time that our send buffer held us up. */
  readonly sndbufLimited?: number;
  /** Segments that reached the peer, retransmitted ones included. */
  readonly delivered?: number;
  /** Delivered, and marked by ECN. */
  readonly deliveredCe?: number;
  /** Bytes sent, retransmitted ones included. */
  readonly bytesSent?: number;
  /** Bytes retransmitted. */
  readonly bytesRetrans?: number;
  /** Segments that the peer says came twice. */
  readonly dsackDups?: number;
  /** How many times reordering was noticed. */
  readonly reordSeen?: number;
  /** Segments that came out of order. */
  readonly rcvOoopack?: number;
  /** The peer's window. */
  readonly sndWnd?: number;
  /** Our window. */
  readonly rcvWnd?: number;
  /** How many times the flow's hash was changed: `so.txrehash`. */
  readonly rehash?: number;
  /** How many times the retransmission timer ran out. */
  readonly totalRto?: number;
  /** How many times the connection recovered from that. */
  readonly totalRtoRecoveries?: number;
  /** Milliseconds. */
  readonly totalRtoTime?: number;
  /** Segments received with the mark of congestion. */
  readonly receivedCe?: number;
  /** Bytes that reached the peer as ECT(1), as it says (AccECN). */
  readonly deliveredE1Bytes?: number;
  /** Bytes that reached the peer as ECT(0). */
  readonly deliveredE0Bytes?: number;
  /** Bytes that reached the peer with the mark of congestion. */
  readonly deliveredCeBytes?: number;
  /** Bytes received as ECT(1). */
  readonly receivedE1Bytes?: number;
  /** Bytes received as ECT(0). */
  readonly receivedE0Bytes?: number;
  /** Bytes received with the mark of congestion. */
  readonly receivedCeBytes?: number;
  /** How much ECN the connection has agreed on. */
  readonly ecnMode?: EcnMode;
  /** Which option of AccECN was seen last: one of `TCP_ACCECN_OPT_`. */
  readonly accecnOptSeen?: number;
  /** Which parts of AccECN failed: `TCP_ACCECN_ACE_FAIL_` and `TCP_ACCECN_OPT_FAIL_` bits. */
  readonly accecnFailMode?: number;
}

/** One of the names that numbers have. */
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

/** Some bits of a byte. Compilers lay bit-fields out from the low end where bytes are, and from the high end elsewhere. */
function bits(offset: number, first: number, count: number): Field<number> {
  const shift = littleEndian ? first : 8 - first - count;
  return mapped(u8(offset), byte => (byte >> shift) & ((1 << count) - 1));
}

/** Up to `totalRetrans`: what every Linux since 2.6 answers. */
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

/** Linux 6.19 alone had two other numbers where later kernels have the bits of ECN. */
const isOtherwise = /^6\.19\b/.test(release());

/** struct tcp_info, linux/tcp.h. The units are those of tcp_get_info in net/ipv4/tcp.c. */
const codec: Codec<TcpInfo> = {
  ...whole,
  type: 'TcpInfo',
  decode: bytes => whole.decode(isOtherwise ? bytes.subarray(0, at.tcpi_ecn) : bytes),
};

/** The connection’s state and figures: `TcpInfo` says what each is, and its unit. */
export const info: ReadOnlyOption<TcpInfo, Inet> = tcp.readOnly('TCP_INFO', codec);
