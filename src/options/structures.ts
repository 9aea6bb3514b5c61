/** Codecs of the structures that options of many families share. */
import { littleEndian } from '../address/byte-order.js';
import { linger as lingerLayout, timeval, ucred } from '../constants/layout.js';
import { checkInteger, checkObject, checkTimeout, outOfRange } from '../errors/argument.js';
import { type Codec, viewOf } from './codec.js';
import { record, u32 } from './record.js';

/** What close(2) does with data that is not sent yet: `null` sends it in the background. */
export type Linger = { readonly seconds: number } | null;

/** struct linger, socket(7). */
export const lingerCodec: Codec<Linger> = {
  type: '{ seconds } | null',
  size: lingerLayout.size,
  encode(value, argument) {
    const seconds =
      value === null
        ? 0
        : checkInteger(
            (checkObject(value, argument) as { seconds: number }).seconds,
            `${argument}.seconds`,
            0,
            0x7fffffff,
          );
    const bytes = new Uint8Array(lingerLayout.size);
    viewOf(bytes).setInt32(lingerLayout.l_onoff, value === null ? 0 : 1, littleEndian);
    viewOf(bytes).setInt32(lingerLayout.l_linger, seconds, littleEndian);
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    if (view.getInt32(lingerLayout.l_onoff, littleEndian) === 0) return null;
    return Object.freeze({ seconds: view.getInt32(lingerLayout.l_linger, littleEndian) });
  },
};

/**
 * struct timeval, as milliseconds. 0 means "no limit" to the kernel, and is `null` here; nothing that is meant as a limit
 * may become it by rounding.
 */
export const milliseconds: Codec<number | null> = {
  type: 'milliseconds | null',
  size: timeval.size,
  encode(value, argument) {
    const limit = checkTimeout(value, argument);
    if (limit === 0) throw outOfRange(argument, '> 0 (milliseconds), or null for no limit', value);
    const microseconds = BigInt(Math.ceil((limit ?? 0) * 1000));
    const bytes = new Uint8Array(timeval.size);
    viewOf(bytes).setBigInt64(timeval.tv_sec, microseconds / 1_000_000n, littleEndian);
    viewOf(bytes).setBigInt64(timeval.tv_usec, microseconds % 1_000_000n, littleEndian);
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    const seconds = Number(view.getBigInt64(timeval.tv_sec, littleEndian));
    const total = seconds * 1000 + Number(view.getBigInt64(timeval.tv_usec, littleEndian)) / 1000;
    return total === 0 ? null : total;
  },
};

/** Who is at the other end of a Unix socket, as the kernel knew when it connected. */
export interface Credentials {
  /** The process. */
  readonly pid: number;
  /** Its user. */
  readonly uid: number;
  /** Its group. */
  readonly gid: number;
}

const ids = record<Credentials>(ucred.size, {
  pid: u32(ucred.pid),
  uid: u32(ucred.uid),
  gid: u32(ucred.gid),
});

/** struct ucred, unix(7). */
export const credentials: Codec<Credentials> = {
  ...ids,
  encode(value, argument) {
    checkInteger((checkObject(value, argument) as Credentials).pid, `${argument}.pid`, 0, 0x7fffffff);
    return ids.encode(value, argument);
  },
};
