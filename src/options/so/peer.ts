/** Options for the peer, and for control messages about senders. */
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

/** The address that getpeername(2) returns. */
export const peername: ReadOnlyOption<SocketAddress> = so.readOnly('SO_PEERNAME', socketAddress, {
  note: 'the same as socket.getpeername()',
});

/** The process, user and group of the peer, at the time it connected. */
export const peercred: ReadOnlyOption<Credentials, 'unix'> = soUnix.readOnly(
  'SO_PEERCRED',
  credentialsCodec,
  {
    note: 'without a peer: pid 0, uid and gid 4294967295',
  },
);

/** The supplementary groups of the peer’s process. */
export const peergroups: ReadOnlyOption<readonly number[], 'unix'> = soUnix.readOnly(
  'SO_PEERGROUPS',
  list(uint32, 32),
);

/** A file descriptor of the peer’s process (pidfd_open(2)). The caller must close it. */
export const peerpidfd: ReadOnlyOption<number, 'unix'> = soUnix.readOnly('SO_PEERPIDFD', natural, {
  since: '6.5',
});

/** The peer’s security context, in the format of the security module. */
export const peersec: ReadOnlyOption<string, 'unix' | 'inet' | 'inet6'> = so
  .only({ families: ['unix', 'inet', 'inet6'], man: 'unix(7)' })
  .readOnly('SO_PEERSEC', longText(256), {
    requires: 'needs a security module that labels sockets (SELinux, Smack)',
  });

/** Adds the control message `SCM_CREDENTIALS` to each message: its sender’s process, user and group. */
export const passcred: Option<boolean, 'unix' | 'netlink' | 'bluetooth'> = soLocal.readWrite(
  'SO_PASSCRED',
  boolean,
);

/** Adds the control message `SCM_SECURITY` to each message: its sender’s security context. */
export const passsec: Option<boolean, 'unix' | 'netlink' | 'bluetooth'> = soLocal.readWrite(
  'SO_PASSSEC',
  boolean,
  { requires: 'needs CONFIG_SECURITY_NETWORK' },
);

/** Adds the control message `SCM_PIDFD` to each message: a file descriptor of its sender’s process. */
export const passpidfd: Option<boolean, 'unix'> = soUnix.readWrite('SO_PASSPIDFD', boolean, { since: '6.5' });

/** Whether messages can pass file descriptors: the control message `SCM_RIGHTS`. */
export const passrights: Option<boolean, 'unix'> = soUnix.readWrite('SO_PASSRIGHTS', boolean, {
  since: '6.16',
  note: 'true by default',
});

/** Adds the control message `SCM_INQ` to each read: the number of bytes left. */
export const inq: WriteOnlyOption<boolean, 'unix'> = soUnix.writeOnly('SO_INQ', boolean, {
  since: '6.17',
  note: 'only streams; write-only on Linux',
});

/**
 * Replaces each descriptor that a security module withholds with a negative error number in `SCM_RIGHTS`, instead of
 * truncating the list there.
 */
export const rightsNotrunc: WriteOnlyOption<boolean, 'unix'> = soUnix.writeOnly(
  'SO_RIGHTS_NOTRUNC',
  boolean,
  {
    since: '7.3',
  },
);
