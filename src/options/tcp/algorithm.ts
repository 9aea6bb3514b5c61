/** Options for congestion control and for upper layer protocols. */
import { tcp_bbr_info, tcp_dctcp_info, tcpvegas_info } from '../../families/inet/layout.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, flag, mapped, record, u16, u32 } from '../../layout/record.js';
import { text } from '../../layout/text.js';
import { type Inet, tcp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

const LONGEST_NAME = 16;

/** The congestion control algorithm, by name: `'cubic'`, `'bbr'`, `'reno'`. */
export const congestion: Option<string, Inet> = tcp.readWrite('TCP_CONGESTION', text(LONGEST_NAME), {
  requires: 'modprobe tcp_<name>',
  needs: 'CAP_NET_ADMIN for algorithms that net.ipv4.tcp_allowed_congestion_control does not list',
});

/** The upper layer protocol, by name: `'tls'`. */
export const ulp: Option<string, Inet> = tcp.readWrite('TCP_ULP', text(LONGEST_NAME), {
  requires: 'modprobe <name>',
  note: 'can be set once, on an established connection; empty if there is none',
});

/** The state of `bbr`. */
export interface BbrInfo {
  /** The estimated bandwidth, in bytes per second. */
  readonly bandwidth: number;
  /** The shortest round trip, in microseconds. */
  readonly minRtt: number;
  /** The factor by which the bandwidth is multiplied for pacing. */
  readonly pacingGain: number;
  /** The factor by which the bandwidth-delay product is multiplied for the congestion window. */
  readonly cwndGain: number;
}

/** The state of `vegas` and the algorithms with the same format: `veno`, `westwood`, `illinois`, `yeah`, `nv`. */
export interface VegasInfo {
  /** Whether the algorithm is active. */
  readonly enabled: boolean;
  /** The number of measured round trips. */
  readonly rttcnt: number;
  /** The round trip time, in microseconds. */
  readonly rtt: number;
  /** The shortest round trip time, in microseconds. */
  readonly minrtt: number;
}

/** The state of `dctcp`. */
export interface DctcpInfo {
  /** Whether the algorithm is active. Both peers must support ECN. */
  readonly enabled: boolean;
  /** Whether the last segment was marked. */
  readonly ceState: boolean;
  /** The estimated share of marked data, in units of 1/1024. */
  readonly alpha: number;
  /** The number of acknowledged bytes that were marked, in this window. */
  readonly abEcn: number;
  /** The number of acknowledged bytes, in this window. */
  readonly abTot: number;
}

/**
 * The state of the congestion control algorithm. The kernel does not report which algorithm it belongs to, and two
 * formats have the same length. Read the property that matches `tcp.congestion`.
 */
export interface CongestionInfo {
  /** The state if the algorithm is `bbr`. */
  readonly bbr?: BbrInfo;
  /** The state if the algorithm is `vegas` or has its format. */
  readonly vegas?: VegasInfo;
  /** The state if the algorithm is `dctcp`. */
  readonly dctcp?: DctcpInfo;
}

/** A gain: a fixed-point number with 8 fractional bits. */
const gain = (offset: number): Field<number> => mapped(u32(offset), number => number / 256);

const bbr: Codec<Omit<BbrInfo, 'bandwidth'> & { low: number; high: number }> = record(tcp_bbr_info.size, {
  low: u32(tcp_bbr_info.bbr_bw_lo),
  high: u32(tcp_bbr_info.bbr_bw_hi),
  minRtt: u32(tcp_bbr_info.bbr_min_rtt),
  pacingGain: gain(tcp_bbr_info.bbr_pacing_gain),
  cwndGain: gain(tcp_bbr_info.bbr_cwnd_gain),
});

const vegas: Codec<VegasInfo> = record<VegasInfo>(tcpvegas_info.size, {
  enabled: flag(u32(tcpvegas_info.tcpv_enabled)),
  rttcnt: u32(tcpvegas_info.tcpv_rttcnt),
  rtt: u32(tcpvegas_info.tcpv_rtt),
  minrtt: u32(tcpvegas_info.tcpv_minrtt),
});

const dctcp: Codec<DctcpInfo> = record<DctcpInfo>(tcp_dctcp_info.size, {
  enabled: flag(u16(tcp_dctcp_info.dctcp_enabled)),
  ceState: flag(u16(tcp_dctcp_info.dctcp_ce_state)),
  alpha: u32(tcp_dctcp_info.dctcp_alpha),
  abEcn: u32(tcp_dctcp_info.dctcp_ab_ecn),
  abTot: u32(tcp_dctcp_info.dctcp_ab_tot),
});

/** Longer than the answer of any algorithm, so that a new format is recognised by its length. */
const ANSWER_SIZE = 64;

const infoCodec: Codec<CongestionInfo, never> = {
  type: '{ bbr? } or { vegas?, dctcp? }',
  size: ANSWER_SIZE,
  fits: () => true,
  encode: () => new Uint8Array(0),
  decode(bytes) {
    if (bytes.length === bbr.size) {
      const { low, high, ...rest } = bbr.decode(bytes);
      return Object.freeze({ bbr: Object.freeze({ bandwidth: high * 2 ** 32 + low, ...rest }) });
    }
    if (bytes.length !== vegas.size) return Object.freeze({});
    return Object.freeze({ vegas: vegas.decode(bytes), dctcp: dctcp.decode(bytes) });
  },
};

/**
 * The state of the congestion control algorithm. It is empty if the algorithm does not report any, such as `cubic` and
 * `reno`.
 */
export const ccInfo: ReadOnlyOption<CongestionInfo, Inet> = tcp.readOnly('TCP_CC_INFO', infoCodec);
