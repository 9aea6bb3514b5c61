import { ucred } from '../../constants/layout.js';
import type { Codec } from '../../layout/codec.js';
import { natural32, record, u32 } from '../../layout/record.js';

/** The credentials of the peer of a Unix socket, from the time when it connected. */
export interface Credentials {
  /** The process ID. */
  readonly pid: number;
  /** The user ID. */
  readonly uid: number;
  /** The group ID. */
  readonly gid: number;
}

/** struct ucred, unix(7). */
export const credentialsCodec: Codec<Credentials> = record<Credentials>(ucred.size, {
  pid: natural32(ucred.pid),
  uid: u32(ucred.uid),
  gid: u32(ucred.gid),
});
