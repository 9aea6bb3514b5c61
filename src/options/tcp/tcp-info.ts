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
