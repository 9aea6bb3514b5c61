/** Congestion control, and protocols on top of TCP. */
import { tcp_bbr_info, tcp_dctcp_info, tcpvegas_info } from '../../families/inet/layout.js';
import type { Codec } from '../../layout/codec.js';
import { type Field, flag, mapped, record, u16, u32 } from '../../layout/record.js';
import { text } from '../../layout/text.js';
import { type Inet, tcp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

const LONGEST_NAME = 16;

/** The algorithm of congestion control, by name: `'cubic'`, `'bbr'`, `'reno'`. */
export const congestion: Option<string, Inet> = tcp.readWrite('TCP_CONGESTION', text(LONGEST_NAME), {
  requires: 'modprobe tcp_<name>',
  needs: 'CAP_NET_ADMIN for what net.ipv4.tcp_allowed_congestion_control does not name',
});

/** The protocol on top, by name: `'tls'`. */
export const ulp: Option<string, Inet> = tcp.readWrite('TCP_ULP', text(LONGEST_NAME), {
  requires: 'modprobe <name>',
  note: 'on an established connection, once; empty where there is none',
});

/** What `bbr` says of itself. */
export interface BbrInfo {
  /** The bandwidth that it reckons with, in bytes a second. */
  readonly bandwidth: number;
  /** The shortest round trip, in microseconds. */
  readonly minRtt: number;
  /** By what it multiplies the bandwidth to pace. */
  readonly pacingGain: number;
  /** By what it multiplies the bandwidth-delay product for its window. */
  readonly cwndGain: number;
}

/** What `vegas` and its kin (`veno`, `westwood`, `illinois`, `yeah`, `nv`) say of themselves. */
export interface VegasInfo {
  /** Whether it is at work. */
  readonly enabled: boolean;
  /** How many round trips it has measured. */
  readonly rttcnt: number;
  /** Microseconds. */
  readonly rtt: number;
  /** Microseconds. */
  readonly minrtt: number;
}

/** What `dctcp` says of itself. */
export interface DctcpInfo {
  /** Whether it is at work: both ends have to speak ECN. */
  readonly enabled: boolean;
  /** Whether the last segment was marked. */
  readonly ceState: boolean;
  /** The marked share of what is sent, of 1024. */
  readonly alpha: number;
  /** Bytes acknowledged that were marked, of this window. */
  readonly abEcn: number;
  /** Bytes acknowledged, of this window. */
  readonly abTot: number;
}

/**
 * What the algorithm says of itself. The kernel does not say which it is, and two kinds have answers of one length: read
 * the part of the one that `tcp.congestion` names.
 */
export interface CongestionInfo {
  /** Where the algorithm is `bbr`. */
  readonly bbr?: BbrInfo;
  /** Where it is `vegas` or its kin. */
  readonly vegas?: VegasInfo;
  /** Where it is `dctcp`. */
  readonly dctcp?: DctcpInfo;
}

/** A gain is a fixed point number of 8 bits after the point. */
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

/** Longer than any algorithm's answer, so that a new one is recognised as such. */
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

/** What the congestion control algorithm says of itself; nothing where it has nothing to say, as `cubic` and `reno`. */
export const ccInfo: ReadOnlyOption<CongestionInfo, Inet> = tcp.readOnly('TCP_CC_INFO', infoCodec);
