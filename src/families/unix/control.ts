/** The control messages of AF_UNIX: file descriptors, and the identity of the sender. unix(7). */

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
 * File descriptors, passed to another process. `rights([fd, file, socket])` sends duplicates of up to 253 descriptors.
 * `rights.find(message.control)` returns the received numbers; they are close-on-exec, and the caller must close them.
 * `rights.space(3)` returns the space for three.
 *
 * `Socket.sendFds` and `Socket.recvFds` do the same in one call. On a stream socket, Linux sends no descriptors with an
 * empty message. If there is not enough space, the kernel closes the descriptors that do not fit (`MSG_CTRUNC`). Read
 * all others from each message that has them, or they stay open.
 *
 * @throws TypeError or RangeError that names `fds[i]` if it is not an open file descriptor
 * @see unix(7), SCM_RIGHTS
 */
export const rights: Control<number[], [fds: readonly Descriptor[]], SpaceOf> = callable(
  defineReader(
    { name: 'SCM_RIGHTS', level: SOL_SOCKET, type: SCM_RIGHTS, man: MAN },
    (count: number) => CMSG_SPACE(INT * count),
    data => decodeDescriptors(data),
  ),
  fds => controlMessage(rights, encodeDescriptors(fds, 'fds')),
);

function ownCredentials(): Credentials {
  return { pid: process.pid, uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}

/**
 * The process, user and group of the sender: `{ pid, uid, gid }`, verified by the kernel. `credentials()` sends those
 * of this process; sending others needs CAP_SYS_ADMIN, CAP_SETUID or CAP_SETGID.
 *
 * The receiver enables it with `setsockopt(SOL_SOCKET, SO_PASSCRED, 1)`, and then gets it with every message, even if
 * the sender did not send it. A process outside the receiver's namespace is 0, a user 65534.
 *
 * @throws RangeError that names the field
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
 * A file descriptor of the process that sends (pidfd_open(2)). It is close-on-exec, and the caller must close it.
 * `null` if the kernel could not create one, for example because the process has ended.
 *
 * Enable it with `setsockopt(SOL_SOCKET, SO_PASSPIDFD, 1)`, since Linux 6.5.
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
 * The number of bytes left to read in a stream after this message.
 *
 * Enable it with `setsockopt(SOL_SOCKET, SO_INQ, 1)`, since Linux 6.17.
 *
 * @see unix(7)
 */
export const inq: Receivable<number> = defineReceived(
  { name: 'SCM_INQ', level: SOL_SOCKET, type: SCM_INQ, man: MAN, since: '6.17', option: 'SO_INQ' },
  natural,
);
