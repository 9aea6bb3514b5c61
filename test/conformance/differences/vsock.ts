/** AF_VSOCK over its loopback. */
import type { Difference } from './difference.js';

export const vsock: readonly Difference[] = [
  {
    rows: 'vsock',
    behaviours: ['connect to where nobody listens', 'connectEx gives 0'],
    why: 'nobody there is a reset: net/vmw_vsock/virtio_transport_common.c',
    fails: /connect ECONNRESET/,
  },
  {
    rows: 'vsock',
    behaviours: ['connect that nobody answers'],
    why: 'a full queue resets: net/vmw_vsock/virtio_transport_common.c, virtio_transport_recv_listen',
    fails: /connect ECONNRESET/,
  },
  {
    rows: 'vsock',
    behaviours: ['each end knows its own name'],
    why: 'who was bound to any machine keeps that name: net/vmw_vsock/af_vsock.c, vsock_auto_bind',
    fails: /4294967295/,
  },
  {
    rows: 'vsock',
    behaviours: ['connect acts at once'],
    why: 'a receive while it connects is ENOTCONN, if it has not ended by then: net/vmw_vsock/af_vsock.c, vsock_connectible_recvmsg',
  },
  {
    rows: 'vsock seqpacket',
    behaviours: ['a datagram that is too long'],
    why: 'every error of the transport is ENOMEM: net/vmw_vsock/af_vsock.c, vsock_connectible_sendmsg',
    fails: /send ENOMEM/,
    until: '6.2',
  },
  {
    rows: 'vsock seqpacket',
    behaviours: ['MSG_PEEK leaves', 'MSG_TRUNC tells', 'breaking off the loop over datagrams'],
    why: 'messages cannot be peeked at: net/vmw_vsock/virtio_transport_common.c, virtio_transport_seqpacket_dequeue',
    fails: /recv ENOMEM/,
    until: '6.3',
  },
];
