/** Options for a socket’s identity and state. */
import { boolean, int, natural, uint64 } from '../../layout/numbers.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The socket’s type: a `SOCK_` number. */
export const type: ReadOnlyOption<number> = so.readOnly('SO_TYPE', natural);

/** The socket’s family: an `AF_` number. */
export const domain: ReadOnlyOption<number> = so.readOnly('SO_DOMAIN', natural);

/** The socket’s protocol. If it was created with 0, this is the one that the kernel chose. */
export const protocol: ReadOnlyOption<number> = so.readOnly('SO_PROTOCOL', natural);

/** Whether the socket listens. */
export const acceptconn: ReadOnlyOption<boolean> = so.readOnly('SO_ACCEPTCONN', boolean);

/** The pending error, as a positive errno; 0 for none. */
export const error: ReadOnlyOption<number> = so.readOnly('SO_ERROR', int, { note: 'reading clears it' });

/** The socket’s unique number. It is not reused while the system runs. */
export const cookie: ReadOnlyOption<bigint> = so.readOnly('SO_COOKIE', uint64);

/** The unique number of the socket’s network namespace. */
export const netnsCookie: ReadOnlyOption<bigint> = so.readOnly('SO_NETNS_COOKIE', uint64, {
  since: '5.14',
});

/** Whether the protocol’s debugging information is recorded. */
export const debug: Option<boolean> = so.readWrite('SO_DEBUG', boolean, { needs: 'CAP_NET_ADMIN' });

/** Has no effect. It exists for old programs. */
export const bsdcompat: Option<boolean> = so.readWrite('SO_BSDCOMPAT', boolean, {
  note: 'ignored since Linux 2.2; always false',
});
