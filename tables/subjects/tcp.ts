import type { Group } from '../subject.js';

const linux = ['linux/tcp.h'];
const nowhereElse = { linux, win32: [], darwin: [] };

/** The groups of TCP, in the subject of inet. linux/tcp.h knows more than glibc's netinet/tcp.h, and both cannot be had. */
export const tcp: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_TCP.',
    man: 'tcp(7)',
    headers: { linux },
    names: `
      TCP_NODELAY: Send at once, however little.
      TCP_MAXSEG: The largest segment.
      TCP_CORK: Send no partial segments until this is cleared.
      TCP_KEEPIDLE: Idle seconds before the first keepalive probe.
      TCP_KEEPINTVL: Seconds between keepalive probes.
      TCP_KEEPCNT: Unanswered probes after which the connection is dead.
      TCP_SYNCNT: How many times a SYN is sent again.
      TCP_LINGER2: How long an orphan stays in FIN_WAIT2, in seconds.
      TCP_DEFER_ACCEPT: Wake the acceptor only when data has come.
      TCP_WINDOW_CLAMP: A bound of the advertised window.
      TCP_INFO: The connection’s state and figures; read only.
      TCP_QUICKACK: Acknowledge at once, for the time being.
      TCP_CONGESTION: The congestion control algorithm, by name.
      TCP_MD5SIG: A key of RFC 2385 signatures.
      TCP_MD5SIG_EXT: TCP_MD5SIG with a prefix length.
      TCP_THIN_LINEAR_TIMEOUTS: Retry thin streams at even intervals.
      TCP_THIN_DUPACK: Retransmit thin streams after one duplicate acknowledgement.
      TCP_USER_TIMEOUT: Milliseconds unacknowledged data may wait before the connection is dead.
      TCP_REPAIR: Checkpoint and restore: the socket’s state may be written.
      TCP_REPAIR_QUEUE: Which queue repair works on, TCP_RECV_QUEUE or TCP_SEND_QUEUE.
      TCP_QUEUE_SEQ: The queue’s sequence number, under repair.
      TCP_REPAIR_OPTIONS: The negotiated options, under repair.
      TCP_REPAIR_WINDOW: The windows, under repair.
      TCP_FASTOPEN: How many connections may be half open with data in their SYN.
      TCP_FASTOPEN_CONNECT: connect() waits for the first data and sends it in the SYN.
      TCP_FASTOPEN_KEY: The key of fast open cookies.
      TCP_FASTOPEN_NO_COOKIE: Fast open without a cookie.
      TCP_TIMESTAMP: The clock of the timestamps option, under repair.
      TCP_NOTSENT_LOWAT: The most unsent bytes with which the socket is writable.
      TCP_CC_INFO: What the congestion control algorithm says of itself; read only.
      TCP_SAVE_SYN: Keep the headers of SYNs.
      TCP_SAVED_SYN: The kept headers of this connection’s SYN; read only.
      TCP_ULP: The protocol on top, by name (tls).
      TCP_ZEROCOPY_RECEIVE: Map received pages into memory.
      TCP_INQ: Receive with each read how many bytes are left.
      TCP_CM_INQ: The control message of TCP_INQ; the same number.
      TCP_TX_DELAY: Delay what is sent, in microseconds.
      TCP_AO_ADD_KEY: Add a key of the authentication option (RFC 5925).
      TCP_AO_DEL_KEY: Delete a key of the authentication option.
      TCP_AO_INFO: The authentication option of this connection.
      TCP_AO_GET_KEYS: The keys of the authentication option; read only.
      TCP_AO_REPAIR: The authentication option’s state, under repair.
      TCP_IS_MPTCP: Whether multipath TCP is in use; read only.
      TCP_RTO_MAX_MS: The longest retransmission timeout.
      TCP_RTO_MIN_US: The shortest retransmission timeout.
      TCP_DELACK_MAX_US: The longest an acknowledgement is delayed.`,
  },
  {
    about: 'A socket option of level IPPROTO_TCP that Linux never had.',
    man: 'tcp(4)',
    headers: { linux: [] },
    names: `
      TCP_KEEPALIVE: Idle seconds before the first keepalive probe: what others call TCP_KEEPIDLE.
      TCP_NOPUSH: Send no partial segments: what Linux calls TCP_CORK.
      TCP_NOOPT: Use no TCP options.
      TCP_CONNECTIONTIMEOUT: How long connect() tries, in seconds.
      TCP_CONNECTION_INFO: The connection’s state and figures; read only.
      TCP_RXT_CONNDROPTIME: Seconds of retransmission after which the connection is dropped.
      TCP_RXT_FINDROP: Drop the connection after three retransmissions of its FIN.
      TCP_SENDMOREACKS: Acknowledge every other segment.
      TCP_ENABLE_ECN: Use ECN on this connection.
      TCP_BSDURGENT: Urgent data as BSD counts it.
      TCP_EXPEDITED_1122: Urgent data as RFC 1122 counts it.
      TCP_MAXRT: Seconds of retransmission after which the connection is dropped.
      TCP_STDURG: Urgent data as RFC 1122 counts it.
      TCP_NOURG: Send no urgent data.
      TCP_ATMARK: Whether the next byte is the urgent one; read only.
      TCP_NOSYNRETRIES: Send no SYN again.
      TCP_TIMESTAMPS: Use the timestamps option.
      TCP_OFFLOAD_PREFERENCE: Whether the device may carry the connection.
      TCP_CONGESTION_ALGORITHM: The congestion control algorithm, by number.
      TCP_DELAY_FIN_ACK: Delay the acknowledgement of a FIN.
      TCP_MAXRTMS: Milliseconds of retransmission after which the connection is dropped.
      TCP_FAIL_CONNECT_ON_ICMP_ERROR: An ICMP error fails connect().
      TCP_ICMP_ERROR_INFO: The ICMP error that connect() met; read only.`,
  },
  {
    about: 'A value of a TCP_ option.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_REPAIR_ON: Of TCP_REPAIR: begin.
      TCP_REPAIR_OFF: Of TCP_REPAIR: end, and probe the peer’s window.
      TCP_REPAIR_OFF_NO_WP: Of TCP_REPAIR: end, and do not probe.
      TCP_NO_QUEUE: Of TCP_REPAIR_QUEUE: none.
      TCP_RECV_QUEUE: Of TCP_REPAIR_QUEUE: what was received.
      TCP_SEND_QUEUE: Of TCP_REPAIR_QUEUE: what is to be sent.
      TCP_QUEUES_NR: How many queues there are.
      TCP_MD5SIG_MAXKEYLEN: The longest key of TCP_MD5SIG.
      TCP_MD5SIG_FLAG_PREFIX: Of TCP_MD5SIG_EXT: the key is for a whole network.
      TCP_MD5SIG_FLAG_IFINDEX: Of TCP_MD5SIG_EXT: the key is for one interface.
      TCP_AO_MAXKEYLEN: The longest key of TCP_AO_ADD_KEY.
      TCP_AO_KEYF_IFINDEX: Of TCP_AO_ADD_KEY: the key is for one interface.
      TCP_AO_KEYF_EXCLUDE_OPT: Of TCP_AO_ADD_KEY: the other options of TCP are not signed.
      TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT: Of TCP_ZEROCOPY_RECEIVE: the memory is not mapped yet.
      TCP_MSS_DEFAULT: The segment size where none was negotiated.
      TCP_MSS_DESIRED: The segment size that suits tunnels and IPv6.`,
  },
  {
    about: 'A bit of tcp_info’s `tcpi_options`.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCPI_OPT_TIMESTAMPS: Timestamps are in use.
      TCPI_OPT_SACK: Selective acknowledgements are in use.
      TCPI_OPT_WSCALE: Windows are scaled.
      TCPI_OPT_ECN: ECN was agreed on.
      TCPI_OPT_ECN_SEEN: A packet came that was capable of ECN.
      TCPI_OPT_SYN_DATA: Data of the SYN was acknowledged (TCP_FASTOPEN).
      TCPI_OPT_USEC_TS: Timestamps count microseconds.
      TCPI_OPT_TFO_CHILD: The connection was accepted with data in its SYN.`,
  },
  {
    about: 'How much ECN a connection has agreed on, `tcpi_ecn_mode` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCPI_ECN_MODE_DISABLED: None.
      TCPI_ECN_MODE_RFC3168: That of RFC 3168.
      TCPI_ECN_MODE_ACCECN: Accurate ECN.
      TCPI_ECN_MODE_PENDING: It is not agreed on yet.`,
  },
  {
    about: 'Which option of accurate ECN was seen last, `tcpi_accecn_opt_seen` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_ACCECN_OPT_NOT_SEEN: None.
      TCP_ACCECN_OPT_EMPTY_SEEN: One without counters.
      TCP_ACCECN_OPT_COUNTER_SEEN: One with counters.
      TCP_ACCECN_OPT_FAIL_SEEN: It does not get through.`,
  },
  {
    about: 'What of accurate ECN failed, `tcpi_accecn_fail_mode` of tcp_info.',
    man: 'tcp(7)',
    headers: { linux: ['#define BIT(n) (1 << (n))', 'linux/tcp.h'], win32: [], darwin: [] },
    names: `
      TCP_ACCECN_ACE_FAIL_SEND: The bits of the header, on the way there.
      TCP_ACCECN_ACE_FAIL_RECV: The bits of the header, on the way here.
      TCP_ACCECN_OPT_FAIL_SEND: The option, on the way there.
      TCP_ACCECN_OPT_FAIL_RECV: The option, on the way here.`,
  },
  {
    about: 'A figure of SCM_TIMESTAMPING_OPT_STATS, as an attribute of netlink.',
    man: 'Documentation/networking/timestamping.rst',
    headers: nowhereElse,
    names: `
      TCP_NLA_PAD: Nothing: padding before the next.
      TCP_NLA_BUSY: Microseconds with data to send.
      TCP_NLA_RWND_LIMITED: Microseconds that the peer’s window held us up.
      TCP_NLA_SNDBUF_LIMITED: Microseconds that our send buffer held us up.
      TCP_NLA_DATA_SEGS_OUT: Segments sent that had data.
      TCP_NLA_TOTAL_RETRANS: Segments retransmitted.
      TCP_NLA_PACING_RATE: The pace, in bytes a second.
      TCP_NLA_DELIVERY_RATE: Bytes a second that reach the peer.
      TCP_NLA_SND_CWND: The congestion window, in segments.
      TCP_NLA_REORDERING: How far segments are reordered.
      TCP_NLA_MIN_RTT: The shortest round trip, in microseconds.
      TCP_NLA_RECUR_RETRANS: How often the first unacknowledged segment was retransmitted.
      TCP_NLA_DELIVERY_RATE_APP_LMT: Whether TCP_NLA_DELIVERY_RATE is what the program gave and not what the path takes.
      TCP_NLA_SNDQ_SIZE: Bytes in the send queue.
      TCP_NLA_CA_STATE: The state of congestion control, one of TCP_CA_.
      TCP_NLA_SND_SSTHRESH: The slow start threshold, in segments.
      TCP_NLA_DELIVERED: Segments that reached the peer.
      TCP_NLA_DELIVERED_CE: Segments that reached it marked by ECN.
      TCP_NLA_BYTES_SENT: Bytes sent, retransmitted ones included.
      TCP_NLA_BYTES_RETRANS: Bytes retransmitted.
      TCP_NLA_DSACK_DUPS: Segments that the peer says came twice.
      TCP_NLA_REORD_SEEN: How many times reordering was noticed.
      TCP_NLA_SRTT: The round trip, in microseconds.
      TCP_NLA_TIMEOUT_REHASH: How often a timeout changed the flow’s hash.
      TCP_NLA_BYTES_NOTSENT: Bytes in the send queue that were not sent yet.
      TCP_NLA_EDT: The earliest time that the packet may leave.
      TCP_NLA_TTL: The time to live or hop limit of the packet that acknowledged it.
      TCP_NLA_REHASH: How often the flow’s hash was changed.`,
  },
  {
    about: 'A state of congestion control, `tcpi_ca_state` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_CA_Open: Nothing is wrong.
      TCP_CA_Disorder: Duplicate acknowledgements came.
      TCP_CA_CWR: The window shrinks, for a mark of ECN or a full device.
      TCP_CA_Recovery: Lost segments are sent again.
      TCP_CA_Loss: The retransmission timer ran out.`,
  },
  {
    about: 'A state of a connection, `tcpi_state` of tcp_info.',
    man: 'tcp(7)',
    headers: { linux: ['netinet/tcp.h'], win32: [], darwin: [] },
    names: `
      TCP_ESTABLISHED: Data may flow both ways.
      TCP_SYN_SENT: We asked for a connection.
      TCP_SYN_RECV: The peer asked for a connection, and we agreed.
      TCP_FIN_WAIT1: We closed, and that is not acknowledged yet.
      TCP_FIN_WAIT2: We closed, and the peer has not yet.
      TCP_TIME_WAIT: Both sides closed; what is late may still come.
      TCP_CLOSE: There is no connection.
      TCP_CLOSE_WAIT: The peer closed, and we have not yet.
      TCP_LAST_ACK: The peer closed, then we; ours is not acknowledged yet.
      TCP_LISTEN: Waiting for connections.
      TCP_CLOSING: Both sides closed, and ours is not acknowledged yet.`,
  },
];
