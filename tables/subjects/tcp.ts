import type { Group } from '../subject.js';

const linux = ['linux/tcp.h'];
const nowhereElse = { linux, win32: [], darwin: [] };

/**
 * The constants of TCP, in the subject of inet. linux/tcp.h has more than glibc's netinet/tcp.h, and the two conflict.
 */
export const tcp: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_TCP.',
    kind: 'option',
    except: 'TCP_CM_INQ',
    man: 'tcp(7)',
    headers: { linux },
    names: `
      TCP_NODELAY: Send small segments immediately.
      TCP_MAXSEG: The maximum segment size.
      TCP_CORK: Send no partial segments until this is cleared.
      TCP_KEEPIDLE: The number of idle seconds before the first keepalive probe.
      TCP_KEEPINTVL: The number of seconds between keepalive probes.
      TCP_KEEPCNT: The number of unanswered probes after which the connection fails.
      TCP_SYNCNT: The number of SYN retransmissions.
      TCP_LINGER2: The time that a closed socket stays in FIN_WAIT2, in seconds.
      TCP_DEFER_ACCEPT: Wake accept() only after data has arrived.
      TCP_WINDOW_CLAMP: An upper limit of the advertised window.
      TCP_QUICKACK: Temporarily disable delayed acknowledgements.
      TCP_CONGESTION: The name of the congestion control algorithm.
      TCP_MD5SIG_EXT: TCP_MD5SIG with a prefix length.
      TCP_THIN_LINEAR_TIMEOUTS: Retransmit thin streams at constant intervals.
      TCP_THIN_DUPACK: Retransmit on thin streams after one duplicate acknowledgement.
      TCP_USER_TIMEOUT: The number of milliseconds that data can be unacknowledged before the connection fails.
      TCP_REPAIR: Make the state of the socket writable, for checkpoint and restore.
      TCP_REPAIR_QUEUE: The queue to repair, TCP_RECV_QUEUE or TCP_SEND_QUEUE.
      TCP_QUEUE_SEQ: The sequence number of the queue, in repair mode.
      TCP_REPAIR_OPTIONS: The negotiated options, in repair mode.
      TCP_REPAIR_WINDOW: The windows, in repair mode.
      TCP_FASTOPEN: The maximum number of pending connections with data in their SYN.
      TCP_FASTOPEN_CONNECT: Let connect() return immediately and send the first data in the SYN.
      TCP_FASTOPEN_KEY: The key of Fast Open cookies.
      TCP_FASTOPEN_NO_COOKIE: Use Fast Open without a cookie.
      TCP_TIMESTAMP: The clock of the timestamps option, in repair mode.
      TCP_NOTSENT_LOWAT: The maximum number of unsent bytes with which the socket is writable.
      TCP_CC_INFO: The state of the congestion control algorithm; read-only.
      TCP_SAVE_SYN: Save the headers of SYNs.
      TCP_SAVED_SYN: The saved headers of this connection’s SYN; read-only.
      TCP_ULP: The name of the upper layer protocol, such as “tls”.
      TCP_ZEROCOPY_RECEIVE: Map received pages into the memory of the process.
      TCP_INQ: Receive the number of bytes left to read with each read.
      TCP_CM_INQ: The control message of TCP_INQ; the same number.
      TCP_TX_DELAY: Delay sent packets, in microseconds.
      TCP_AO_ADD_KEY: Add a key of the authentication option (RFC 5925).
      TCP_AO_DEL_KEY: Delete a key of the authentication option.
      TCP_AO_INFO: The authentication option of this connection.
      TCP_AO_GET_KEYS: The keys of the authentication option; read-only.
      TCP_AO_REPAIR: The state of the authentication option, in repair mode.
      TCP_IS_MPTCP: Whether multipath TCP is in use; read-only.
      TCP_RTO_MAX_MS: The maximum retransmission timeout, in milliseconds.
      TCP_RTO_MIN_US: The minimum retransmission timeout, in microseconds.
      TCP_DELACK_MAX_US: The maximum delay of an acknowledgement, in microseconds.`,
  },
  {
    // FreeBSD has both, with other structures.
    about: 'A socket option of level IPPROTO_TCP.',
    kind: 'option',
    man: 'tcp(7)',
    headers: { linux, freebsd: [] },
    names: `
      TCP_INFO: The state and statistics of the connection; read-only.
      TCP_MD5SIG: A key for signatures of RFC 2385.`,
  },
  {
    about: 'A socket option of level IPPROTO_TCP that Linux does not have.',
    kind: 'option',
    man: 'tcp(4)',
    headers: { linux: [] },
    names: `
      TCP_KEEPALIVE: The number of idle seconds before the first keepalive probe; TCP_KEEPIDLE on other systems.
      TCP_NOPUSH: Send no partial segments; TCP_CORK on Linux.
      TCP_NOOPT: Use no TCP options.
      TCP_CONNECTIONTIMEOUT: The timeout of connect(), in seconds.
      TCP_CONNECTION_INFO: The state and statistics of the connection; read-only.
      TCP_RXT_CONNDROPTIME: The number of seconds of retransmission after which the connection is dropped.
      TCP_RXT_FINDROP: Drop the connection after three retransmissions of its FIN.
      TCP_SENDMOREACKS: Acknowledge every second segment.
      TCP_ENABLE_ECN: Use ECN on this connection.
      TCP_BSDURGENT: Use the urgent data of BSD.
      TCP_EXPEDITED_1122: Use the urgent data of RFC 1122.
      TCP_MAXRT: The number of seconds of retransmission after which the connection is dropped.
      TCP_STDURG: Use the urgent data of RFC 1122.
      TCP_NOURG: Send no urgent data.
      TCP_ATMARK: Whether the next byte is urgent data; read-only.
      TCP_NOSYNRETRIES: Do not retransmit SYNs.
      TCP_TIMESTAMPS: Use the timestamps option.
      TCP_OFFLOAD_PREFERENCE: Whether the connection can be offloaded to the device.
      TCP_CONGESTION_ALGORITHM: The number of the congestion control algorithm.
      TCP_DELAY_FIN_ACK: Delay the acknowledgement of a FIN.
      TCP_MAXRTMS: The number of milliseconds of retransmission after which the connection is dropped.
      TCP_FAIL_CONNECT_ON_ICMP_ERROR: Let an ICMP error fail connect().
      TCP_ICMP_ERROR_INFO: The ICMP error of connect(); read-only.`,
  },
  {
    about: 'A value of a TCP_ option.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_REPAIR_ON: TCP_REPAIR value: start repair mode.
      TCP_REPAIR_OFF: TCP_REPAIR value: end repair mode, and probe the peer’s window.
      TCP_REPAIR_OFF_NO_WP: TCP_REPAIR value: end repair mode without a probe.
      TCP_NO_QUEUE: TCP_REPAIR_QUEUE value: no queue.
      TCP_RECV_QUEUE: TCP_REPAIR_QUEUE value: the receive queue.
      TCP_SEND_QUEUE: TCP_REPAIR_QUEUE value: the send queue.
      TCP_QUEUES_NR: The number of queues.
      TCP_MD5SIG_MAXKEYLEN: The maximum length of a key of TCP_MD5SIG.
      TCP_MD5SIG_FLAG_PREFIX: TCP_MD5SIG_EXT flag: the key is for a network prefix.
      TCP_MD5SIG_FLAG_IFINDEX: TCP_MD5SIG_EXT flag: the key is for one interface.
      TCP_AO_MAXKEYLEN: The maximum length of a key of TCP_AO_ADD_KEY.
      TCP_AO_KEYF_IFINDEX: TCP_AO_ADD_KEY flag: the key is for one interface.
      TCP_AO_KEYF_EXCLUDE_OPT: TCP_AO_ADD_KEY flag: other TCP options are not authenticated.
      TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT: TCP_ZEROCOPY_RECEIVE flag: the memory is not mapped yet.
      TCP_MSS_DEFAULT: The segment size without negotiation.
      TCP_MSS_DESIRED: The segment size that is suitable for tunnels and IPv6.`,
  },
  {
    about: 'A bit of tcp_info’s `tcpi_options`.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCPI_OPT_TIMESTAMPS: Timestamps are in use.
      TCPI_OPT_SACK: Selective acknowledgements are in use.
      TCPI_OPT_WSCALE: Windows are scaled.
      TCPI_OPT_ECN: ECN was negotiated.
      TCPI_OPT_ECN_SEEN: A packet with ECN support was received.
      TCPI_OPT_SYN_DATA: Data in the SYN was acknowledged (TCP_FASTOPEN).
      TCPI_OPT_USEC_TS: Timestamps count microseconds.
      TCPI_OPT_TFO_CHILD: The connection was accepted with data in its SYN.`,
  },
  {
    about: 'The ECN mode of a connection: `tcpi_ecn_mode` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCPI_ECN_MODE_DISABLED: No ECN.
      TCPI_ECN_MODE_RFC3168: ECN of RFC 3168.
      TCPI_ECN_MODE_ACCECN: Accurate ECN.
      TCPI_ECN_MODE_PENDING: The negotiation has not finished.`,
  },
  {
    about: 'The last accurate ECN option that was received: `tcpi_accecn_opt_seen` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_ACCECN_OPT_NOT_SEEN: No option.
      TCP_ACCECN_OPT_EMPTY_SEEN: An option without counters.
      TCP_ACCECN_OPT_COUNTER_SEEN: An option with counters.
      TCP_ACCECN_OPT_FAIL_SEEN: The path removes the option.`,
  },
  {
    about: 'A failure of accurate ECN: `tcpi_accecn_fail_mode` of tcp_info.',
    man: 'tcp(7)',
    headers: { linux: ['#define BIT(n) (1 << (n))', 'linux/tcp.h'], win32: [], darwin: [] },
    names: `
      TCP_ACCECN_ACE_FAIL_SEND: The bits of the header in sent packets.
      TCP_ACCECN_ACE_FAIL_RECV: The bits of the header in received packets.
      TCP_ACCECN_OPT_FAIL_SEND: The option in sent packets.
      TCP_ACCECN_OPT_FAIL_RECV: The option in received packets.`,
  },
  {
    about: 'A statistic of SCM_TIMESTAMPING_OPT_STATS, as a netlink attribute.',
    man: 'Documentation/networking/timestamping.rst',
    headers: nowhereElse,
    names: `
      TCP_NLA_PAD: Padding that aligns the next attribute.
      TCP_NLA_BUSY: The number of microseconds with data to send.
      TCP_NLA_RWND_LIMITED: The number of microseconds in which the peer’s window limited sending.
      TCP_NLA_SNDBUF_LIMITED: The number of microseconds in which the send buffer limited sending.
      TCP_NLA_DATA_SEGS_OUT: The number of sent segments with data.
      TCP_NLA_TOTAL_RETRANS: The number of retransmitted segments.
      TCP_NLA_PACING_RATE: The pacing rate, in bytes per second.
      TCP_NLA_DELIVERY_RATE: The delivery rate to the peer, in bytes per second.
      TCP_NLA_SND_CWND: The congestion window, in segments.
      TCP_NLA_REORDERING: The reordering distance of segments.
      TCP_NLA_MIN_RTT: The minimum round-trip time, in microseconds.
      TCP_NLA_RECUR_RETRANS: The number of retransmissions of the first unacknowledged segment.
      TCP_NLA_DELIVERY_RATE_APP_LMT: Whether the program, not the path, limited TCP_NLA_DELIVERY_RATE.
      TCP_NLA_SNDQ_SIZE: The number of bytes in the send queue.
      TCP_NLA_CA_STATE: The state of congestion control, one of the TCP_CA_ constants.
      TCP_NLA_SND_SSTHRESH: The slow-start threshold, in segments.
      TCP_NLA_DELIVERED: The number of segments delivered to the peer.
      TCP_NLA_DELIVERED_CE: The number of segments delivered with an ECN mark.
      TCP_NLA_BYTES_SENT: The number of bytes sent, including retransmissions.
      TCP_NLA_BYTES_RETRANS: The number of bytes retransmitted.
      TCP_NLA_DSACK_DUPS: The number of segments that the peer reported as duplicates.
      TCP_NLA_REORD_SEEN: The number of detected reorderings.
      TCP_NLA_SRTT: The smoothed round-trip time, in microseconds.
      TCP_NLA_TIMEOUT_REHASH: The number of flow hash changes after a timeout.
      TCP_NLA_BYTES_NOTSENT: The number of unsent bytes in the send queue.
      TCP_NLA_EDT: The earliest departure time of the packet.
      TCP_NLA_TTL: The time to live or hop limit of the acknowledgement.
      TCP_NLA_REHASH: The number of flow hash changes.`,
  },
  {
    about: 'A state of congestion control, `tcpi_ca_state` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_CA_Open: The normal state.
      TCP_CA_Disorder: Duplicate acknowledgements were received.
      TCP_CA_CWR: The window is reduced because of an ECN mark or a full device queue.
      TCP_CA_Recovery: Lost segments are retransmitted.
      TCP_CA_Loss: The retransmission timer expired.`,
  },
  {
    about: 'A state of a connection, `tcpi_state` of tcp_info.',
    man: 'tcp(7)',
    headers: { linux: ['netinet/tcp.h'], win32: [], darwin: [] },
    names: `
      TCP_ESTABLISHED: Both sides can send data.
      TCP_SYN_SENT: This side sent a SYN.
      TCP_SYN_RECV: The peer sent a SYN, and this side replied.
      TCP_FIN_WAIT1: This side sent a FIN that is not acknowledged.
      TCP_FIN_WAIT2: The FIN of this side is acknowledged; the peer has not closed.
      TCP_TIME_WAIT: Both sides have closed; delayed segments can still arrive.
      TCP_CLOSE: There is no connection.
      TCP_CLOSE_WAIT: The peer sent a FIN; this side has not closed.
      TCP_LAST_ACK: The peer closed first, and then this side; the FIN of this side is not acknowledged.
      TCP_LISTEN: The socket is listening.
      TCP_CLOSING: Both sides have closed; the FIN of this side is not acknowledged.`,
  },
];
