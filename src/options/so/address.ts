/** What a socket may be bound to, and whom it may send to. */
import { boolean } from '../codec.js';
import type { Option } from '../option.js';
import { so } from './level.js';

/** Lets an address be bound that old connections in `TIME_WAIT` still hold. */
export const reuseaddr: Option<boolean> = so.readWrite('SO_REUSEADDR', boolean, {
  note: 'On Windows it lets any process take an address that is in use: there, so.exclusiveaddruse is what it is on Linux',
});

/** Lets several sockets of one user bind the same address, and share what arrives. */
export const reuseport: Option<boolean> = so.readWrite('SO_REUSEPORT', boolean, {
  note: 'sockets of the Internet protocols alone heed it; since Linux 6.13 the others refuse it',
});

/** Whether datagrams may go to a broadcast address. */
export const broadcast: Option<boolean> = so.readWrite('SO_BROADCAST', boolean);

/** Sends to hosts on directly connected networks only, by no gateway. */
export const dontroute: Option<boolean> = so.readWrite('SO_DONTROUTE', boolean);
