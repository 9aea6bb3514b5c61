import type { Room } from '../room.js';

export const rds: Room = {
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
      man: 'rds(7)',
      names: `
        RDS_CANCEL_SENT_TO: Discard what was sent to an address and not acknowledged.
        RDS_GET_MR RDS_FREE_MR RDS_RECVERR RDS_CONG_MONITOR RDS_GET_MR_FOR_DEST
        SO_RDS_TRANSPORT: The transport underneath, one of RDS_TRANS_.
        SO_RDS_MSG_RXPATH_LATENCY`,
    },
    {
      about: 'A transport of RDS (SO_RDS_TRANSPORT).',
      man: 'rds(7)',
      names: 'RDS_TRANS_IB RDS_TRANS_GAP RDS_TRANS_IWARP RDS_TRANS_TCP RDS_TRANS_COUNT RDS_TRANS_NONE',
    },
    {
      about: 'A control message of level SOL_RDS.',
      man: 'rds-rdma(7)',
      names: `
        RDS_CMSG_RDMA_ARGS RDS_CMSG_RDMA_DEST RDS_CMSG_RDMA_MAP RDS_CMSG_RDMA_STATUS RDS_CMSG_CONG_UPDATE
        RDS_CMSG_ATOMIC_FADD RDS_CMSG_ATOMIC_CSWP RDS_CMSG_MASKED_ATOMIC_FADD RDS_CMSG_MASKED_ATOMIC_CSWP
        RDS_CMSG_RXPATH_LATENCY RDS_CMSG_ZCOPY_COOKIE RDS_CMSG_ZCOPY_COMPLETION`,
    },
    {
      about: 'A flag or status of remote memory access.',
      man: 'rds-rdma(7)',
      names: `
        RDS_RDMA_READWRITE RDS_RDMA_FENCE RDS_RDMA_INVALIDATE RDS_RDMA_USE_ONCE RDS_RDMA_DONTWAIT RDS_RDMA_NOTIFY_ME
        RDS_RDMA_SILENT RDS_RDMA_SUCCESS RDS_RDMA_REMOTE_ERROR RDS_RDMA_CANCELED RDS_RDMA_DROPPED RDS_RDMA_OTHER_ERROR`,
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
