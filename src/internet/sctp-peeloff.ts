import { binding } from '../binding.js';
import { SOCK_CLOEXEC, SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkObject } from '../errors/argument.js';
import { socketError } from '../errors/errors.js';
import { IPPROTO_SCTP } from '../families/inet/constants.js';
import { SCTP_SOCKOPT_PEELOFF_FLAGS } from '../families/inet/sctp.js';
import { sctp_peeloff_flags } from '../families/inet/sctp-layout.js';
import { littleEndian } from '../layout/view.js';
import { adoptCore } from '../socket/open.js';
import { type Socket, socketOf } from '../socket/socket.js';

/**
 * Converts an association of a one-to-many socket to a one-to-one socket, with the data that it has received so far.
 *
 * @param socket a socket of type `SOCK_SEQPACKET` and protocol `IPPROTO_SCTP`
 * @param association the number of the association, from `sctpRcvinfo` or a notification
 * @returns a socket of type `SOCK_STREAM`, which the caller must close
 * @throws SocketError `EINVAL` if there is no such association, or the socket has another type
 * @throws UnsupportedError `ENOPROTOOPT` before Linux 4.13
 * @see RFC 6458 section 9.2
 */
export function sctp_peeloff<F extends 'inet' | 'inet6'>(socket: Socket<F>, association: number): Socket<F> {
  const space = Buffer.alloc(sctp_peeloff_flags.size);
  const view = new DataView(space.buffer, space.byteOffset, space.length);
  const number = checkInteger(association, 'association', 0, 0x7fffffff);
  view.setInt32(sctp_peeloff_flags.associd, number, littleEndian);
  view.setUint32(sctp_peeloff_flags.flags, SOCK_CLOEXEC, littleEndian);
  const { fd: from, family } = checkObject(socket, 'socket') as Socket<F>;
  checkInteger(from, 'socket.fd', -1, 0x7fffffff);
  const result = binding.getsockopt(from, IPPROTO_SCTP, SCTP_SOCKOPT_PEELOFF_FLAGS, space);
  if (result < 0) throw socketError(result, { syscall: 'getsockopt', hint: 'SCTP_SOCKOPT_PEELOFF' });
  const fd = view.getInt32(sctp_peeloff_flags.sd, littleEndian);
  try {
    binding.own(fd);
    return socketOf(adoptCore<F>(fd, family, SOCK_STREAM, IPPROTO_SCTP));
  } catch (error) {
    binding.close(fd);
    throw error;
  }
}
