/** The control messages of TCP and DCCP over IPv4 and IPv6. tcp(7). */
import { SOL_DCCP } from '../../constants/socket.js';
import { natural, uint32 } from '../../layout/numbers.js';
import { type Control, defineControl, defineReceived, type Receivable } from '../../message/codec.js';
import { DCCP_SCM_PRIORITY, IPPROTO_TCP, TCP_CM_INQ } from './constants.js';

/**
 * The number of bytes left to read in a TCP stream after this message. It is one more if the peer has closed the
 * stream, because the end is still to be read.
 *
 * Enable it with `setsockopt(IPPROTO_TCP, TCP_INQ, 1)`, since Linux 4.18.
 *
 * @see tcp(7), TCP_INQ
 */
export const tcpInq: Receivable<number> = defineReceived(
  {
    name: 'TCP_CM_INQ',
    level: IPPROTO_TCP,
    type: TCP_CM_INQ,
    man: 'tcp(7)',
    since: '4.18',
    option: 'TCP_INQ',
  },
  natural,
);

/**
 * The priority of a packet that is sent over DCCP. The queued packet with the highest priority is sent first. If the
 * queue is full, the one with the lowest is dropped. Send only, if `dccp.qpolicyId` is `DCCPQ_POLICY_PRIO`. Linux 6.16
 * removed DCCP.
 *
 * @throws TypeError or RangeError that names `DCCP_SCM_PRIORITY`
 * @see Documentation/networking/dccp.rst
 */
export const dccpPriority: Control<number> = defineControl(
  {
    name: 'DCCP_SCM_PRIORITY',
    level: SOL_DCCP,
    type: DCCP_SCM_PRIORITY,
    man: 'Documentation/networking/dccp.rst',
  },
  uint32,
);
