/** The control messages of level SOL_SOCKET that sockets of many families have. */
import {
  SCM_SECURITY,
  SCM_WIFI_STATUS,
  SO_MARK,
  SO_PRIORITY,
  SO_RXQ_OVFL,
  SOL_SOCKET,
} from '../constants/socket.js';
import { boolean, range, uint32 } from '../layout/numbers.js';
import { readText } from '../layout/text.js';
import {
  type Control,
  defineControl,
  defineReader,
  defineReceived,
  type Receivable,
  type SpaceOf,
} from './codec.js';
import { CMSG_SPACE } from './control.js';

const MAN = 'socket(7)';

/**
 * The mark of a packet, 32 bits unsigned. Received since Linux 5.19 (`SO_RCVMARK`); sent, it sets the mark of the one
 * message, which needs CAP_NET_ADMIN or, since Linux 5.17, CAP_NET_RAW.
 *
 * @see socket(7), SO_MARK
 */
export const mark: Control<number> = defineControl(
  { name: 'SO_MARK', level: SOL_SOCKET, type: SO_MARK, man: MAN, option: 'SO_RCVMARK' },
  uint32,
);

/**
 * The priority of a packet within this machine, 0 to 6 (more needs CAP_NET_ADMIN). Received (`SO_RCVPRIORITY`) and sent
 * since Linux 6.14.
 *
 * @see socket(7), SO_PRIORITY
 */
export const priority: Control<number> = defineControl(
  {
    name: 'SO_PRIORITY',
    level: SOL_SOCKET,
    type: SO_PRIORITY,
    man: MAN,
    since: '6.14',
    option: 'SO_RCVPRIORITY',
  },
  range(0, 0x7fffffff),
);

/**
 * How many datagrams the socket has dropped since it was made, because its receive buffer was full: 32 bits, and round.
 *
 * It comes with a datagram once there is something to tell, after `setsockopt(SOL_SOCKET, SO_RXQ_OVFL, 1)`.
 *
 * @see socket(7), SO_RXQ_OVFL
 */
export const rxqOverflow: Receivable<number> = defineReceived(
  { name: 'SO_RXQ_OVFL', level: SOL_SOCKET, type: SO_RXQ_OVFL, man: MAN, option: 'SO_RXQ_OVFL' },
  uint32,
);

/**
 * Whether a packet was acknowledged over the air; in the error queue of a socket that has SO_WIFI_STATUS.
 *
 * @see socket(7)
 */
export const wifiStatus: Receivable<boolean> = defineReceived(
  { name: 'SCM_WIFI_STATUS', level: SOL_SOCKET, type: SCM_WIFI_STATUS, man: MAN, option: 'SO_WIFI_STATUS' },
  boolean,
);

/**
 * The sender's security context, as its security module (SELinux, …) writes it. `security.space(256)` has space for a
 * context of 256 bytes.
 *
 * Switched on with `setsockopt(SOL_SOCKET, SO_PASSSEC, 1)`; it comes where a security module labels sockets.
 *
 * @see unix(7), SO_PASSSEC
 */
export const security: Receivable<string, SpaceOf> = defineReader(
  { name: 'SCM_SECURITY', level: SOL_SOCKET, type: SCM_SECURITY, man: 'unix(7)', option: 'SO_PASSSEC' },
  CMSG_SPACE,
  data => readText(data),
);
