import { ucred } from '../../constants/layout.js';
import type { Codec } from '../../layout/codec.js';
import { natural32, record, u32 } from '../../layout/record.js';

/** Who is at the other end of a Unix socket, as the kernel knew when it connected. */
export interface Credentials {
  /** The process. */
  readonly pid: number;
  /** Its user. */
  readonly uid: number;
  /** Its group. */
  readonly gid: number;
}

/** struct ucred, unix(7). */
export const credentialsCodec: Codec<Credentials> = record<Credentials>(ucred.size, {
  pid: natural32(ucred.pid),
  uid: u32(ucred.uid),
  gid: u32(ucred.gid),
});
