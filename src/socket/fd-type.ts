/** Tells what a file descriptor is, as libuv does. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { SOCK_DGRAM, SOCK_STREAM } from '../constants/socket.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { askKind } from './open.js';

/** The name of Node.js for a type of file descriptor. */
export type FdType = 'UDP' | 'TCP' | 'PIPE' | 'TTY' | 'FILE' | 'UNKNOWN' | 'UNIX';

/** Returns the type of a socket; `undefined` for another file. */
function socketType(fd: number): FdType | undefined {
  try {
    const { family, type } = askKind(fd, {});
    const isInternet = family === AF_INET || family === AF_INET6;
    if (type === SOCK_DGRAM) return isInternet ? 'UDP' : family === AF_UNIX ? 'UNIX' : 'UNKNOWN';
    if (type !== SOCK_STREAM) return 'UNKNOWN';
    if (isInternet) return 'TCP';
    return family === AF_UNIX ? 'PIPE' : 'UNKNOWN';
  } catch {
    return undefined;
  }
}

function fileType(fd: number): FdType {
  try {
    const stat = fstatSync(fd);
    if (stat.isFile() || stat.isCharacterDevice()) return 'FILE';
    return stat.isFIFO() ? 'PIPE' : 'UNKNOWN';
  } catch {
    return 'UNKNOWN';
  }
}

/** Returns the type of a file descriptor: uv_guess_handle of libuv, and `UNIX` for a Unix datagram socket. */
export function fdType(fd: number): FdType {
  return socketType(fd) ?? (isatty(fd) ? 'TTY' : fileType(fd));
}
