/** What the kernel tells of a TCP connection, in the order of struct tcp_info. */

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

/** What the ends of a connection agreed on, and what was seen of it. */
export interface TcpOptions {
  readonly timestamps: boolean;
  readonly sack: boolean;
  readonly windowScale: boolean;
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
  readonly state: TcpState;
  readonly caState: CongestionState;
  /** Retransmissions of the oldest unacknowledged segment, so far. */
  readonly retransmits: number;
  /** Unanswered keepalive or window probes. */
  readonly probes: number;
  /** How many times the timeout was doubled. */
  readonly backoff: number;
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
  readonly sndMss: number;
  readonly rcvMss: number;
  /** Sent and not acknowledged; of a listener: connections that wait to be accepted. */
  readonly unacked: number;
  /** Acknowledged out of order; of a listener: the backlog. */
  readonly sacked: number;
  readonly lost: number;
  /** Retransmitted and not acknowledged. */
  readonly retrans: number;
  readonly fackets: number;
  /** Milliseconds since data was last sent. */
  readonly lastDataSent: number;
  readonly lastAckSent: number;
  /** Milliseconds since data last came. */
  readonly lastDataRecv: number;
  /** Milliseconds since an acknowledgement last came. */
  readonly lastAckRecv: number;
  readonly pmtu: number;
  readonly rcvSsthresh: number;
  /** The smoothed round trip. */
  readonly rtt: number;
  readonly rttvar: number;
  readonly sndSsthresh: number;
  /** The congestion window. */
  readonly sndCwnd: number;
  readonly advmss: number;
  readonly reordering: number;
  /** The round trip as the receiver sees it. */
  readonly rcvRtt: number;
  readonly rcvSpace: number;
  /** All retransmissions of the connection. */
  readonly totalRetrans: number;
  /** Bytes a second; `Infinity` for no limit. */
  readonly pacingRate?: number;
  /** Bytes a second; `Infinity` for no limit. */
  readonly maxPacingRate?: number;
  readonly bytesAcked?: number;
  readonly bytesReceived?: number;
  readonly segsOut?: number;
  readonly segsIn?: number;
  readonly notsentBytes?: number;
  readonly minRtt?: number;
  readonly dataSegsIn?: number;
  readonly dataSegsOut?: number;
  /** Bytes a second. */
  readonly deliveryRate?: number;
  /** Time with data to send. */
  readonly busyTime?: number;
  /** Time that the peer's window held us up. */
  readonly rwndLimited?: number;
  /** Time that our send buffer held us up. */
  readonly sndbufLimited?: number;
  readonly delivered?: number;
  /** Delivered, and marked by ECN. */
  readonly deliveredCe?: number;
  readonly bytesSent?: number;
  readonly bytesRetrans?: number;
  readonly dsackDups?: number;
  readonly reordSeen?: number;
  readonly rcvOoopack?: number;
  /** The peer's window. */
  readonly sndWnd?: number;
  /** Our window. */
  readonly rcvWnd?: number;
  /** How many times the flow's hash was changed: `so.txrehash`. */
  readonly rehash?: number;
  readonly totalRto?: number;
  readonly totalRtoRecoveries?: number;
  /** Milliseconds. */
  readonly totalRtoTime?: number;
  readonly receivedCe?: number;
  readonly deliveredE1Bytes?: number;
  readonly deliveredE0Bytes?: number;
  readonly deliveredCeBytes?: number;
  readonly receivedE1Bytes?: number;
  readonly receivedE0Bytes?: number;
  readonly receivedCeBytes?: number;
  readonly accecnFailMode?: number;
  readonly accecnOptSeen?: number;
}
