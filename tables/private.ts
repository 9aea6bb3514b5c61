/**
 * Numbers of our own, for what a platform lacks and the addon does in its place. No header of the platform uses them:
 * Winsock's flags are below 2^16, its socket types and options too.
 *
 * | on Windows | the addon |
 * | --- | --- |
 * | `MSG_DONTWAIT` | does not wait in this call: Winsock only has non-blocking sockets |
 * | `MSG_NOSIGNAL` | ignores it: Windows has no SIGPIPE |
 * | `SOCK_NONBLOCK`, `SOCK_CLOEXEC` | sets the mode of the new socket; handles are never inherited unless asked for |
 * | `SO_DOMAIN`, `SO_PROTOCOL` | reads them from `SO_PROTOCOL_INFOW` |
 */
import type { Platform } from './subject.js';

export const privateNumbers: Readonly<Record<Platform, Readonly<Record<string, number>>>> = {
  linux: {},
  win32: {
    MSG_DONTWAIT: 0x40000000,
    MSG_NOSIGNAL: 0x20000000,
    SOCK_NONBLOCK: 0x10000,
    SOCK_CLOEXEC: 0x20000,
    SO_PROTOCOL: 0x10026,
    SO_DOMAIN: 0x10027,
  },
  darwin: {},
  freebsd: {},
};
