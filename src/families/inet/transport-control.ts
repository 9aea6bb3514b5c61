/** The control messages of TCP and DCCP, over IPv4 and IPv6 alike. tcp(7). */
import { SOL_DCCP } from '../../constants/socket.js';
import { natural, uint32 } from '../../layout/numbers.js';
import { type Control, defineControl, defineReceived, type Receivable } from '../../message/codec.js';
import { DCCP_SCM_PRIORITY, IPPROTO_TCP, TCP_CM_INQ } from './constants.js';

/**
 * How many bytes are left to be read in a TCP stream, after this message; one more where the stream has ended: its end is
 * to be read, too.
 *
 * Switched on with `setsockopt(IPPROTO_TCP, TCP_INQ, 1)`, since Linux 4.18.
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
 * The priority of the packet sent over DCCP: of those that wait, the highest leaves first, and when the queue is full, the
 * lowest is dropped. Sent only, with `dccp.qpolicyId` at `DCCPQ_POLICY_PRIO`; gone with DCCP since Linux 6.16.
 *
 * @throws TypeError or RangeError naming `DCCP_SCM_PRIORITY`
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
