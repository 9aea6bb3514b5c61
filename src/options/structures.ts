/** Codecs of the structures that options of many families share. */
import { littleEndian } from '../address/byte-order.js';
import { linger as lingerLayout, timeval, ucred } from '../constants/layout.js';
import { checkInteger, checkObject, checkTimeout } from '../errors/argument.js';
import type { Codec } from './codec.js';

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

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

/** struct timeval, as milliseconds; 0, "no limit", is `null`. */
export const milliseconds: Codec<number | null> = {
  type: 'milliseconds | null',
  size: timeval.size,
  encode(value, argument) {
    const limit = checkTimeout(value, argument) ?? 0;
    const view = new DataView(new ArrayBuffer(timeval.size));
    view.setBigInt64(timeval.tv_sec, BigInt(Math.floor(limit / 1000)), littleEndian);
    view.setBigInt64(timeval.tv_usec, BigInt(Math.round((limit % 1000) * 1000)), littleEndian);
    return new Uint8Array(view.buffer);
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
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** struct ucred, unix(7). */
export const credentials: Codec<Credentials> = {
  type: '{ pid, uid, gid }',
  size: ucred.size,
  encode(value, argument) {
    const { pid, uid, gid } = checkObject(value, argument) as Credentials;
    const bytes = new Uint8Array(ucred.size);
    const view = viewOf(bytes);
    view.setInt32(ucred.pid, checkInteger(pid, `${argument}.pid`, 0, 0x7fffffff), littleEndian);
    view.setUint32(ucred.uid, checkInteger(uid, `${argument}.uid`, 0, 0xffffffff), littleEndian);
    view.setUint32(ucred.gid, checkInteger(gid, `${argument}.gid`, 0, 0xffffffff), littleEndian);
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    return Object.freeze({
      pid: view.getInt32(ucred.pid, littleEndian),
      uid: view.getUint32(ucred.uid, littleEndian),
      gid: view.getUint32(ucred.gid, littleEndian),
    });
  },
};
