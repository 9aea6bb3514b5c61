/** The control messages of J1939 sockets, and the error queues of CAN. Documentation/networking/j1939.rst, can.rst. */

import { short, uint64 } from '../../layout/numbers.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { defineErrors, type ExtendedError } from '../../message/errors.js';
import {
  SCM_CAN_RAW_ERRQUEUE,
  SCM_J1939_DEST_ADDR,
  SCM_J1939_DEST_NAME,
  SCM_J1939_ERRQUEUE,
  SCM_J1939_PRIO,
  SOL_CAN_J1939,
  SOL_CAN_RAW,
} from './constants.js';

const MAN = 'Documentation/networking/j1939.rst';
const level = SOL_CAN_J1939;

/**
 * The destination address of a J1939 message: the address of the socket, or with `canJ1939.promisc` that of another
 * node. Delivered automatically, except for broadcasts.
 *
 * @see Documentation/networking/j1939.rst, SCM_J1939_DEST_ADDR
 */
export const j1939DestAddr: Receivable<number> = defineReceived(
  { name: 'SCM_J1939_DEST_ADDR', level, type: SCM_J1939_DEST_ADDR, man: MAN, since: '5.4' },
  short(1),
);

/**
 * The NAME of the destination node of a J1939 message. Delivered automatically if the kernel has it.
 *
 * @see Documentation/networking/j1939.rst, SCM_J1939_DEST_NAME
 */
export const j1939DestName: Receivable<bigint> = defineReceived(
  { name: 'SCM_J1939_DEST_NAME', level, type: SCM_J1939_DEST_NAME, man: MAN, since: '5.4' },
  uint64,
);

/**
 * The priority of a J1939 message, 0 to 7. Lower is more urgent. Delivered automatically.
 *
 * @see Documentation/networking/j1939.rst, SCM_J1939_PRIO
 */
export const j1939Prio: Receivable<number> = defineReceived(
  { name: 'SCM_J1939_PRIO', level, type: SCM_J1939_PRIO, man: MAN, since: '5.4' },
  short(1),
);

/**
 * The progress of a J1939 transfer, in the error queue of a socket with `canJ1939.errqueue`. {@link j1939Progress}
 * decodes it.
 *
 * @see Documentation/networking/j1939.rst, SCM_J1939_ERRQUEUE
 */
export const j1939Error: Receivable<ExtendedError> = defineErrors(
  {
    name: 'SCM_J1939_ERRQUEUE',
    level,
    type: SCM_J1939_ERRQUEUE,
    man: MAN,
    since: '5.4',
    option: 'SO_J1939_ERRQUEUE',
  },
  0,
);

/**
 * The time at which a frame was sent, in the error queue of a CAN_RAW socket with `so.timestamping`.
 *
 * @see Documentation/networking/timestamping.rst
 */
export const canRawError: Receivable<ExtendedError> = defineErrors(
  {
    name: 'SCM_CAN_RAW_ERRQUEUE',
    level: SOL_CAN_RAW,
    type: SCM_CAN_RAW_ERRQUEUE,
    man: 'Documentation/networking/can.rst',
    option: 'SO_TIMESTAMPING',
  },
  0,
);
