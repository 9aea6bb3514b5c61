import { release } from 'node:os';
import { littleEndian } from '../../address/byte-order.js';
import * as c from '../../families/inet/constants.js';
import { tcp_info as at } from '../../families/inet/layout.js';
import type { Codec } from '../codec.js';
import { type Field, mapped, rate64, record, u8, u16, u32, u64 } from '../record.js';
import type { CongestionState, EcnMode, TcpInfo, TcpOptions, TcpState } from './tcp-info.js';

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
export const tcpInfo: Codec<TcpInfo> = {
  ...whole,
  decode: bytes => whole.decode(isOtherwise ? bytes.subarray(0, at.tcpi_ecn) : bytes),
};
