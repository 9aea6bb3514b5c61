/** Converts between error codes and their numbers on this platform. The numbers are negative, as in Node.js. */
import { errnos } from './errno.js';

const columns: Readonly<Partial<Record<NodeJS.Platform, 2 | 3 | 4>>> = { win32: 2, darwin: 3, freebsd: 4 };
const column = columns[process.platform] ?? 1;
const byNumber = new Map<number, string>();
const byCode = new Map<string, number>();
for (const row of errnos) {
  const number = row[column];
  if (number === null) continue;
  byNumber.set(-number, row[0]);
  byCode.set(row[0], -number);
}

/** Returns `'ECONNREFUSED'` for -111 on Linux, and `'E4095'` for a number without a name. */
export function errnoCode(errno: number): string {
  return byNumber.get(errno) ?? `E${-errno}`;
}

/** Returns -111 for `'ECONNREFUSED'` on Linux. */
export function errnoNumber(code: string): number {
  const errno = byCode.get(code);
  if (errno === undefined) throw new RangeError(`${code} is not an error code of ${process.platform}`);
  return errno;
}

export const EAGAIN: number = errnoNumber('EAGAIN');
export const EALREADY: number = errnoNumber('EALREADY');
export const EBADF: number = errnoNumber('EBADF');
export const EEXIST: number = errnoNumber('EEXIST');
export const EINPROGRESS: number = errnoNumber('EINPROGRESS');
export const EINTR: number = errnoNumber('EINTR');
export const EINVAL: number = errnoNumber('EINVAL');
export const EIO: number = errnoNumber('EIO');
export const EISCONN: number = errnoNumber('EISCONN');
export const EMSGSIZE: number = errnoNumber('EMSGSIZE');
export const ENOBUFS: number = errnoNumber('ENOBUFS');
export const ENOENT: number = errnoNumber('ENOENT');
export const ENOPROTOOPT: number = errnoNumber('ENOPROTOOPT');
export const ENOSYS: number = errnoNumber('ENOSYS');
export const EPERM: number = errnoNumber('EPERM');
export const ERANGE: number = errnoNumber('ERANGE');
export const ETIMEDOUT: number = errnoNumber('ETIMEDOUT');
