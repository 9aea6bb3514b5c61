import type { Subject } from '../subject.js';

export const rds: Subject = {
  name: 'rds',
  constants: 'src/families/rds/constants.ts',
  layout: 'src/families/rds/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/rds.h'] },
  groups: [
    {
      about: 'The family of Reliable Datagram Sockets.',
      man: 'rds(7)',
      family: 'rds',
      names: `
        AF_RDS: The family of Reliable Datagram Sockets; it uses IPv4 and IPv6 addresses. close() discards datagrams that the kernel has not handed to TCP: exchange an answer first.
        PF_RDS: The same number as AF_RDS.`,
    },
    {
      about: 'A socket option of level SOL_RDS.',
      kind: 'option',
      man: 'rds(7)',
      names: `
        RDS_CANCEL_SENT_TO: Discard messages to an address that were not acknowledged.
        RDS_GET_MR: Register memory that the peer can access.
        RDS_FREE_MR: Unregister memory of RDS_GET_MR.
        RDS_RECVERR: Receive RDS_CMSG_RDMA_STATUS with failed messages.
        RDS_CONG_MONITOR: The ports whose congestion is reported, one bit per port.
        RDS_GET_MR_FOR_DEST: Register memory that one peer can access.
        SO_RDS_TRANSPORT: The underlying transport, one of the RDS_TRANS_ constants.
        SO_RDS_MSG_RXPATH_LATENCY: Receive the latencies of each message, as RDS_CMSG_RXPATH_LATENCY.`,
    },
    {
      about: 'A transport of RDS (SO_RDS_TRANSPORT).',
      man: 'rds(7)',
      names: `
        RDS_TRANS_IB: InfiniBand.
        RDS_TRANS_GAP: Unused.
        RDS_TRANS_IWARP: The same number as RDS_TRANS_GAP; no longer in Linux.
        RDS_TRANS_TCP: TCP.
        RDS_TRANS_COUNT: The number of transports.
        RDS_TRANS_NONE: No transport was chosen.`,
    },
    {
      about: 'A control message of level SOL_RDS.',
      man: 'rds-rdma(7)',
      names: `
        RDS_CMSG_RDMA_ARGS: Read or write the peer’s memory with this message.
        RDS_CMSG_RDMA_DEST: The memory that the peer can access.
        RDS_CMSG_RDMA_MAP: Register memory of RDS_GET_MR with this message.
        RDS_CMSG_RDMA_STATUS: The result of a remote memory access.
        RDS_CMSG_CONG_UPDATE: The ports that are no longer congested.
        RDS_CMSG_ATOMIC_FADD: Add to the peer’s memory, atomically.
        RDS_CMSG_ATOMIC_CSWP: Compare and swap in the peer’s memory, atomically.
        RDS_CMSG_MASKED_ATOMIC_FADD: RDS_CMSG_ATOMIC_FADD under a mask.
        RDS_CMSG_MASKED_ATOMIC_CSWP: RDS_CMSG_ATOMIC_CSWP under a mask.
        RDS_CMSG_RXPATH_LATENCY: The latencies of a message (SO_RDS_MSG_RXPATH_LATENCY).
        RDS_CMSG_ZCOPY_COOKIE: The number of a MSG_ZEROCOPY message.
        RDS_CMSG_ZCOPY_COMPLETION: The numbers of MSG_ZEROCOPY messages whose memory can be reused.`,
    },
    {
      about: 'A control message of level SOL_RDS that Python names.',
      man: 'rds-rdma(7)',
      absent: true,
      names: 'RDS_CMSG_RDMA_UPDATE: Python names it; Linux has RDS_CMSG_CONG_UPDATE.',
    },
    {
      about: 'A list of the kernel that getsockopt() copies; level SOL_RDS.',
      kind: 'option',
      except: 'RDS_INFO_FIRST RDS_INFO_LAST',
      man: 'rds-info(1)',
      names: `
        RDS_INFO_FIRST: The first of these numbers.
        RDS_INFO_COUNTERS: Counters by name.
        RDS_INFO_CONNECTIONS: The connections.
        RDS_INFO_SEND_MESSAGES: Messages that are queued for sending.
        RDS_INFO_RETRANS_MESSAGES: Messages that are sent and not acknowledged.
        RDS_INFO_RECV_MESSAGES: Messages that are queued for receiving.
        RDS_INFO_SOCKETS: The sockets.
        RDS_INFO_TCP_SOCKETS: The underlying TCP sockets.
        RDS_INFO_IB_CONNECTIONS: The InfiniBand connections.
        RDS_INFO_CONNECTION_STATS: The counters of connections.
        RDS_INFO_IWARP_CONNECTIONS: The iWARP connections.
        RDS_INFO_LAST: The last of these numbers.`,
    },
    {
      about: 'A flag or a size of the RDS_INFO_ lists.',
      man: 'rds-info(1)',
      names: `
        RDS_INFO_CONNECTION_FLAG_SENDING: Connection flag: the connection is sending.
        RDS_INFO_CONNECTION_FLAG_CONNECTING: Connection flag: the connection is being established.
        RDS_INFO_CONNECTION_FLAG_CONNECTED: Connection flag: the connection is established.
        RDS_INFO_MESSAGE_FLAG_ACK: Message flag: the message requests an acknowledgement.
        RDS_INFO_MESSAGE_FLAG_FAST_ACK: Message flag: the transport acknowledges the message.
        RDS_IB_GID_LEN: The length of an InfiniBand address, in bytes.
        RDS_IB_ABI_VERSION: The version of the InfiniBand lists.`,
    },
    {
      about: 'A point on the path of a message (RDS_CMSG_RXPATH_LATENCY), or a limit of control messages.',
      man: 'rds(7)',
      names: `
        RDS_MSG_RX_HDR_TO_DGRAM_START: From the header to the first byte.
        RDS_MSG_RX_DGRAM_REASSEMBLE: From the first byte to the last.
        RDS_MSG_RX_DGRAM_DELIVERED: From the last byte to the program.
        RDS_MSG_RX_DGRAM_TRACE_MAX: The number of points.
        RDS_CONG_MONITOR_SIZE: The number of bits of RDS_CONG_MONITOR.
        RDS_MAX_ZCOOKIES: The maximum number of messages in RDS_CMSG_ZCOPY_COMPLETION.`,
    },
    {
      about: 'A flag or status of remote memory access.',
      man: 'rds-rdma(7)',
      names: `
        RDS_RDMA_READWRITE: Write to the peer’s memory instead of reading.
        RDS_RDMA_FENCE: Wait for the messages that were sent before.
        RDS_RDMA_INVALIDATE: Invalidate the key when the memory is unregistered.
        RDS_RDMA_USE_ONCE: Unregister the memory after its first use.
        RDS_RDMA_DONTWAIT: Do not wait.
        RDS_RDMA_NOTIFY_ME: Report the completion.
        RDS_RDMA_SILENT: Do not interrupt the peer.
        RDS_RDMA_SUCCESS: Status: the access succeeded.
        RDS_RDMA_REMOTE_ERROR: Status: the peer failed.
        RDS_RDMA_CANCELED: Status: the access was canceled.
        RDS_RDMA_DROPPED: Status: the access was dropped.
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
