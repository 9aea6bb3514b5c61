/** The control messages of AF_UNIX: descriptors, and who sends them. unix(7). */

import { SCM_CREDENTIALS, SCM_INQ, SCM_PIDFD, SCM_RIGHTS, SOL_SOCKET } from '../../constants/socket.js';
import { natural } from '../../layout/numbers.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  type Control,
  callable,
  controlMessage,
  defineReader,
  defineReceived,
  type Receivable,
  type SpaceOf,
} from '../../message/codec.js';
import { CMSG_SPACE } from '../../message/control.js';
import { type Descriptor, decodeDescriptors, encodeDescriptors } from '../../message/descriptors.js';
import { type Credentials, credentialsCodec } from './credentials.js';

const MAN = 'unix(7)';
const INT = 4;

/**
 * Descriptors, handed to the receiver's process: `rights([fd, file, socket])` sends duplicates of them, at most 253;
 * `rights.find(message.control)` are numbers, close-on-exec, the caller's to close. `rights.space(3)` is the space for
 * three.
 *
 * `Socket.sendFds` and `Socket.recvFds` do the same in one call. Linux sends none with an empty stream
 * message. Descriptors for which there is no space are closed by the kernel (`MSG_CTRUNC`); the others have to be read out
 * of every message that carries them, or they stay open.
 *
 * @throws TypeError or RangeError naming `fds[i]` for what is no descriptor, or closed
 * @see unix(7), SCM_RIGHTS
 */
export const rights: Control<number[], [fds: readonly Descriptor[]], SpaceOf> = callable(
  defineReader(
    { name: 'SCM_RIGHTS', level: SOL_SOCKET, type: SCM_RIGHTS, man: MAN },
    (count: number) => CMSG_SPACE(INT * count),
    decodeDescriptors,
  ),
  fds => controlMessage(rights, encodeDescriptors(fds, 'fds')),
);

function ownCredentials(): Credentials {
  return { pid: process.pid, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}

/**
 * Who sends: `{ pid, uid, gid }`, which the kernel has checked. `credentials()` sends this process's own; others need
 * CAP_SYS_ADMIN, CAP_SETUID or CAP_SETGID.
 *
 * The receiver switches it on with `setsockopt(SOL_SOCKET, SO_PASSCRED, 1)`, and gets it with every message then,
 * whether it was sent or not. A process or user outside the receiver's namespace is 0 or 65534.
 *
 * @throws RangeError naming the field
 * @see unix(7), SCM_CREDENTIALS
 */
export const credentials: Control<Credentials, [credentials?: Credentials]> = callable(
  defineReceived(
    { name: 'SCM_CREDENTIALS', level: SOL_SOCKET, type: SCM_CREDENTIALS, man: MAN, option: 'SO_PASSCRED' },
    credentialsCodec,
  ),
  (value = ownCredentials()) =>
    controlMessage(credentials, credentialsCodec.encode(value, 'SCM_CREDENTIALS')),
);

/**
 * A descriptor of the process that sends (pidfd_open(2)): a number, close-on-exec, the caller's to close. `null` where
 * the kernel could make none, as of a process that is gone.
 *
 * Switched on with `setsockopt(SOL_SOCKET, SO_PASSPIDFD, 1)`, since Linux 6.5.
 *
 * @see unix(7), SO_PASSPIDFD
 */
export const pidfd: Receivable<number | null> = defineReceived(
  {
    name: 'SCM_PIDFD',
    level: SOL_SOCKET,
    type: SCM_PIDFD,
    man: MAN,
    since: '6.5',
    option: 'SO_PASSPIDFD',
  },
  {
    size: INT,
    decode(bytes) {
      const fd = viewOf(bytes).getInt32(0, littleEndian);
      return fd < 0 ? null : fd;
    },
  },
);

/**
 * How many bytes are left to be read in a stream, after this message.
 *
 * Switched on with `setsockopt(SOL_SOCKET, SO_INQ, 1)`, since Linux 6.17.
 *
 * @see unix(7)
 */
export const inq: Receivable<number> = defineReceived(
  { name: 'SCM_INQ', level: SOL_SOCKET, type: SCM_INQ, man: MAN, since: '6.17', option: 'SO_INQ' },
  natural,
);
