/** Converts between error codes and their numbers on this platform. The numbers are negative, as in Node.js. */
import { lazy } from '../constants/lazy.js';
import { errnos } from './errno.js';
import { errnoOf } from './errno-of.js';

export {
  EAGAIN,
  EALREADY,
  EBADF,
  ECANCELED,
  EEXIST,
  EINPROGRESS,
  EINTR,
  EINVAL,
  EIO,
  EISCONN,
  EMSGSIZE,
  ENOBUFS,
  ENOENT,
  ENOPROTOOPT,
  ENOSYS,
  ENOTCONN,
  ENOTSUP,
  EPERM,
  ERANGE,
  ESPIPE,
  ETIMEDOUT,
} from './errno-numbers.js';

/** The codes and numbers of this platform. */
const table = lazy(() => {
  const byNumber = new Map<number, string>();
  const byCode = new Map<string, number>();
  for (const [code, linux, win32, darwin, freebsd] of errnos) {
    const number = errnoOf(linux, win32, darwin, freebsd);
    if (Number.isNaN(number)) continue;
    byNumber.set(number, code);
    byCode.set(code, number);
  }
  return { byNumber, byCode };
});

/** Returns `'ECONNREFUSED'` for -111 on Linux, and `'E4095'` for a number without a name. */
export function errnoCode(errno: number): string {
  return table().byNumber.get(errno) ?? `E${-errno}`;
}

/** Returns -111 for `'ECONNREFUSED'` on Linux. */
export function errnoNumber(code: string): number {
  const errno = table().byCode.get(code);
  if (errno === undefined) throw new RangeError(`${code} is not an error code of ${process.platform}`);
  return errno;
}
