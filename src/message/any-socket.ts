/** Control messages of level SOL_SOCKET that sockets of many families have. */
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
 * The mark of a packet, 32 bits unsigned. Received since Linux 5.19 (`SO_RCVMARK`). Sending it sets the mark of one
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
 * The number of datagrams that the socket has dropped because its receive buffer was full: a 32-bit counter that wraps
 * around.
 *
 * Delivered with a datagram after something was dropped, if `setsockopt(SOL_SOCKET, SO_RXQ_OVFL, 1)` was called.
 *
 * @see socket(7), SO_RXQ_OVFL
 */
export const rxqOverflow: Receivable<number> = defineReceived(
  { name: 'SO_RXQ_OVFL', level: SOL_SOCKET, type: SO_RXQ_OVFL, man: MAN, option: 'SO_RXQ_OVFL' },
  uint32,
);

/**
 * Whether a packet was acknowledged over the air. Delivered in the error queue if SO_WIFI_STATUS is set.
 *
 * @see socket(7)
 */
export const wifiStatus: Receivable<boolean> = defineReceived(
  { name: 'SCM_WIFI_STATUS', level: SOL_SOCKET, type: SCM_WIFI_STATUS, man: MAN, option: 'SO_WIFI_STATUS' },
  boolean,
);

/**
 * The sender's security context, in the format of the security module (SELinux, …). `security.space(256)` returns the
 * space for a context of 256 bytes.
 *
 * Enabled with `setsockopt(SOL_SOCKET, SO_PASSSEC, 1)`. Delivered only if a security module labels sockets.
 *
 * @see unix(7), SO_PASSSEC
 */
export const security: Receivable<string, SpaceOf> = defineReader(
  { name: 'SCM_SECURITY', level: SOL_SOCKET, type: SCM_SECURITY, man: 'unix(7)', option: 'SO_PASSSEC' },
  CMSG_SPACE,
  data => readText(data),
);
