import type { Group } from '../room.js';

const linux = ['linux/tcp.h'];
const nowhereElse = { linux, win32: [], darwin: [] };

/** The groups of TCP, in the room of inet. linux/tcp.h knows more than glibc's netinet/tcp.h, and both cannot be had. */
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
      TCP_RXT_FINDROP TCP_SENDMOREACKS TCP_ENABLE_ECN TCP_BSDURGENT TCP_EXPEDITED_1122 TCP_MAXRT TCP_STDURG TCP_NOURG
      TCP_ATMARK TCP_NOSYNRETRIES TCP_TIMESTAMPS TCP_OFFLOAD_PREFERENCE TCP_CONGESTION_ALGORITHM TCP_DELAY_FIN_ACK
      TCP_MAXRTMS TCP_FAIL_CONNECT_ON_ICMP_ERROR TCP_ICMP_ERROR_INFO`,
  },
  {
    about: 'A value of a TCP_ option.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCP_REPAIR_ON TCP_REPAIR_OFF TCP_REPAIR_OFF_NO_WP TCP_NO_QUEUE TCP_RECV_QUEUE TCP_SEND_QUEUE TCP_QUEUES_NR
      TCP_MD5SIG_MAXKEYLEN TCP_MD5SIG_FLAG_PREFIX TCP_MD5SIG_FLAG_IFINDEX TCP_AO_MAXKEYLEN TCP_AO_KEYF_IFINDEX
      TCP_AO_KEYF_EXCLUDE_OPT TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT
      TCP_MSS_DEFAULT: The segment size where none was negotiated.
      TCP_MSS_DESIRED: The segment size that suits tunnels and IPv6.`,
  },
  {
    about: 'A bit of tcp_info’s `tcpi_options`.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: `
      TCPI_OPT_TIMESTAMPS TCPI_OPT_SACK TCPI_OPT_WSCALE TCPI_OPT_ECN TCPI_OPT_ECN_SEEN TCPI_OPT_SYN_DATA TCPI_OPT_USEC_TS
      TCPI_OPT_TFO_CHILD`,
  },
  {
    about: 'A state of congestion control, `tcpi_ca_state` of tcp_info.',
    man: 'tcp(7)',
    headers: nowhereElse,
    names: 'TCP_CA_Open TCP_CA_Disorder TCP_CA_CWR TCP_CA_Recovery TCP_CA_Loss',
  },
  {
    about: 'A state of a connection, `tcpi_state` of tcp_info.',
    man: 'tcp(7)',
    headers: { linux: ['netinet/tcp.h'], win32: [], darwin: [] },
    names: `
      TCP_ESTABLISHED TCP_SYN_SENT TCP_SYN_RECV TCP_FIN_WAIT1 TCP_FIN_WAIT2 TCP_TIME_WAIT TCP_CLOSE TCP_CLOSE_WAIT
      TCP_LAST_ACK TCP_LISTEN
      TCP_CLOSING: Both sides closed, and ours is not acknowledged yet.`,
  },
];
