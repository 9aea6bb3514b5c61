/** Who is at the other end, and what messages say of who sent them. */
import type { SocketAddress } from '../../address/address.js';
import { addressCodec } from '../../address/fields.js';
import { sockaddr_storage } from '../../constants/layout.js';
import { type Credentials, credentialsCodec } from '../../families/unix/credentials.js';
import { list } from '../../layout/bytes.js';
import { boolean, natural, uint32 } from '../../layout/numbers.js';
import { longText } from '../../layout/text.js';
import { so, soLocal, soUnix } from '../levels.js';
import type { Option, OptionCodec, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const socketAddress: OptionCodec<SocketAddress, never> = {
  ...addressCodec('socket address', sockaddr_storage.size),
  fits: () => true,
  passing: 'exact',
};

/** What getpeername(2) says. */
export const peername: ReadOnlyOption<SocketAddress> = so.readOnly('SO_PEERNAME', socketAddress, {
  note: 'socket.getpeername() says the same in one call',
});

/** Process, user and group at the other end, as they were when it connected. */
export const peercred: ReadOnlyOption<Credentials, 'unix'> = soUnix.readOnly(
  'SO_PEERCRED',
  credentialsCodec,
  {
    note: 'without a peer: pid 0, uid and gid 4294967295',
  },
);

/** The supplementary groups of the process at the other end. */
export const peergroups: ReadOnlyOption<readonly number[], 'unix'> = soUnix.readOnly(
  'SO_PEERGROUPS',
  list(uint32, 32),
);

/** A descriptor of the process at the other end (pidfd_open(2)): the caller’s to close. */
export const peerpidfd: ReadOnlyOption<number, 'unix'> = soUnix.readOnly('SO_PEERPIDFD', natural, {
  since: '6.5',
});

/** The security context of the other end, as its security module writes it. */
export const peersec: ReadOnlyOption<string, 'unix' | 'inet' | 'inet6'> = so
  .only({ families: ['unix', 'inet', 'inet6'], man: 'unix(7)' })
  .readOnly('SO_PEERSEC', longText(256), {
    requires: 'needs a security module that labels sockets (SELinux, Smack)',
  });

/** Whether each message says who sent it: the control message `SCM_CREDENTIALS`. */
export const passcred: Option<boolean, 'unix' | 'netlink' | 'bluetooth'> = soLocal.readWrite(
  'SO_PASSCRED',
  boolean,
);

/** Whether each message says the security context of who sent it: the control message `SCM_SECURITY`. */
export const passsec: Option<boolean, 'unix' | 'netlink' | 'bluetooth'> = soLocal.readWrite(
  'SO_PASSSEC',
  boolean,
  { requires: 'needs CONFIG_SECURITY_NETWORK' },
);

/** Whether each message brings a descriptor of the process that sent it: the control message `SCM_PIDFD`. */
export const passpidfd: Option<boolean, 'unix'> = soUnix.readWrite('SO_PASSPIDFD', boolean, { since: '6.5' });

/** Whether messages may bring descriptors: the control message `SCM_RIGHTS`. */
export const passrights: Option<boolean, 'unix'> = soUnix.readWrite('SO_PASSRIGHTS', boolean, {
  since: '6.16',
  note: 'true unless it is switched off',
});

/** Whether each read says how many bytes are left: the control message `SCM_INQ`. */
export const inq: WriteOnlyOption<boolean, 'unix'> = soUnix.writeOnly('SO_INQ', boolean, {
  since: '6.17',
  note: 'streams alone; Linux does not let it be read',
});

/**
 * Whether a descriptor that a security module withholds leaves its place in `SCM_RIGHTS`, as a negative error number, and
 * does not cut off those after it.
 */
export const rightsNotrunc: WriteOnlyOption<boolean, 'unix'> = soUnix.writeOnly(
  'SO_RIGHTS_NOTRUNC',
  boolean,
  {
    since: '7.3',
  },
);
