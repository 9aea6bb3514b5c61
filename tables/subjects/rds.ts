import type { Subject } from '../subject.js';

export const rds: Subject = {
  name: 'rds',
  constants: 'src/families/rds/constants.ts',
  layout: 'src/families/rds/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/rds.h'] },
  groups: [
    {
      about: 'The family of reliable datagrams.',
      man: 'rds(7)',
      family: 'rds',
      names: `
        AF_RDS: The family of reliable datagrams; its addresses are those of IPv4 and IPv6.
        PF_RDS: The same number as AF_RDS.`,
    },
    {
      about: 'A socket option of level SOL_RDS.',
      kind: 'option',
      man: 'rds(7)',
      names: `
        RDS_CANCEL_SENT_TO: Discard what was sent to an address and not acknowledged.
        RDS_GET_MR: Register memory that the peer may reach.
        RDS_FREE_MR: Take that back.
        RDS_RECVERR: Receive RDS_CMSG_RDMA_STATUS with failed messages.
        RDS_CONG_MONITOR: Which ports’ congestion is told of, a bit each.
        RDS_GET_MR_FOR_DEST: RDS_GET_MR for one peer.
        SO_RDS_TRANSPORT: The transport underneath, one of RDS_TRANS_.
        SO_RDS_MSG_RXPATH_LATENCY: Receive when a message passed where, as RDS_CMSG_RXPATH_LATENCY.`,
    },
    {
      about: 'A transport of RDS (SO_RDS_TRANSPORT).',
      man: 'rds(7)',
      names: `
        RDS_TRANS_IB: InfiniBand.
        RDS_TRANS_GAP: Nothing.
        RDS_TRANS_IWARP: The same number as RDS_TRANS_GAP; no longer in Linux.
        RDS_TRANS_TCP: TCP.
        RDS_TRANS_COUNT: How many there are.
        RDS_TRANS_NONE: None was chosen.`,
    },
    {
      about: 'A control message of level SOL_RDS.',
      man: 'rds-rdma(7)',
      names: `
        RDS_CMSG_RDMA_ARGS: Read or write the peer’s memory with this message.
        RDS_CMSG_RDMA_DEST: The memory that the peer may reach.
        RDS_CMSG_RDMA_MAP: RDS_GET_MR for this message.
        RDS_CMSG_RDMA_STATUS: What became of remote memory access.
        RDS_CMSG_CONG_UPDATE: Which ports are no longer congested.
        RDS_CMSG_ATOMIC_FADD: Add to the peer’s memory, atomically.
        RDS_CMSG_ATOMIC_CSWP: Compare and swap in the peer’s memory, atomically.
        RDS_CMSG_MASKED_ATOMIC_FADD: RDS_CMSG_ATOMIC_FADD under a mask.
        RDS_CMSG_MASKED_ATOMIC_CSWP: RDS_CMSG_ATOMIC_CSWP under a mask.
        RDS_CMSG_RXPATH_LATENCY: When a message passed where (SO_RDS_MSG_RXPATH_LATENCY).
        RDS_CMSG_ZCOPY_COOKIE: The number of a message of MSG_ZEROCOPY.
        RDS_CMSG_ZCOPY_COMPLETION: The numbers of messages whose memory is free again.`,
    },
    {
      about: 'A control message of level SOL_RDS that Python names.',
      man: 'rds-rdma(7)',
      absent: true,
      names: 'RDS_CMSG_RDMA_UPDATE: Python names it; Linux has RDS_CMSG_CONG_UPDATE.',
    },
    {
      about: 'A list of the kernel’s, which getsockopt() copies in full; of level SOL_RDS.',
      kind: 'option',
      except: 'RDS_INFO_FIRST RDS_INFO_LAST',
      man: 'rds-info(1)',
      names: `
        RDS_INFO_FIRST: The first of these numbers.
        RDS_INFO_COUNTERS: Counters, by name.
        RDS_INFO_CONNECTIONS: The connections.
        RDS_INFO_SEND_MESSAGES: Messages that wait to be sent.
        RDS_INFO_RETRANS_MESSAGES: Messages that wait to be acknowledged.
        RDS_INFO_RECV_MESSAGES: Messages that wait to be received.
        RDS_INFO_SOCKETS: The sockets.
        RDS_INFO_TCP_SOCKETS: The TCP sockets underneath.
        RDS_INFO_IB_CONNECTIONS: The connections of InfiniBand.
        RDS_INFO_CONNECTION_STATS: Counters of connections.
        RDS_INFO_IWARP_CONNECTIONS: The connections of iWARP.
        RDS_INFO_LAST: The last of these numbers.`,
    },
    {
      about: 'A flag or a size of such a list.',
      man: 'rds-info(1)',
      names: `
        RDS_INFO_CONNECTION_FLAG_SENDING: Of a connection: it sends.
        RDS_INFO_CONNECTION_FLAG_CONNECTING: Of a connection: it is being made.
        RDS_INFO_CONNECTION_FLAG_CONNECTED: Of a connection: it is there.
        RDS_INFO_MESSAGE_FLAG_ACK: Of a message: it wants an acknowledgement.
        RDS_INFO_MESSAGE_FLAG_FAST_ACK: Of a message: it is acknowledged by the transport.
        RDS_IB_GID_LEN: The bytes of an InfiniBand address.
        RDS_IB_ABI_VERSION: The version of the lists of InfiniBand.`,
    },
    {
      about: 'A place that a message passes (RDS_CMSG_RXPATH_LATENCY), or a limit of control messages.',
      man: 'rds(7)',
      names: `
        RDS_MSG_RX_HDR_TO_DGRAM_START: From its head to its first byte.
        RDS_MSG_RX_DGRAM_REASSEMBLE: From its first byte to its last.
        RDS_MSG_RX_DGRAM_DELIVERED: From its last byte to the program.
        RDS_MSG_RX_DGRAM_TRACE_MAX: How many places there are.
        RDS_CONG_MONITOR_SIZE: The bits of RDS_CONG_MONITOR.
        RDS_MAX_ZCOOKIES: The most numbers of RDS_CMSG_ZCOPY_COMPLETION.`,
    },
    {
      about: 'A flag or status of remote memory access.',
      man: 'rds-rdma(7)',
      names: `
        RDS_RDMA_READWRITE: Write, and not read.
        RDS_RDMA_FENCE: After what was sent before.
        RDS_RDMA_INVALIDATE: The key is of no use after it is taken back.
        RDS_RDMA_USE_ONCE: The memory is taken back after its first use.
        RDS_RDMA_DONTWAIT: Do not wait.
        RDS_RDMA_NOTIFY_ME: Tell when it is done.
        RDS_RDMA_SILENT: Do not disturb the peer.
        RDS_RDMA_SUCCESS: Status: it was done.
        RDS_RDMA_REMOTE_ERROR: Status: the peer failed.
        RDS_RDMA_CANCELED: Status: it was cancelled.
        RDS_RDMA_DROPPED: Status: it was dropped.
        RDS_RDMA_OTHER_ERROR: Status: another error.`,
    },
  ],
  structs: [
    {
      name: 'rds_rdma_notify',
      about: 'the control message RDS_CMSG_RDMA_STATUS.',
      fields: 'user_token status',
    },
    {
      name: 'rds_zcopy_cookies',
      about: 'the control message RDS_CMSG_ZCOPY_COMPLETION.',
      fields: 'num cookies',
    },
  ],
};
