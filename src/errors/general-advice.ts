/** Advice that applies to every address family. */
import { SOCK_DGRAM, SOCK_STREAM } from '../constants/socket.js';
import { type AdviceRow, adviceFrom, LACKING } from './advice-table.js';
import type { Failure } from './adviser.js';

/** The advice for a socket that has no peer yet. */
export const NOT_CONNECTED = 'the socket is not connected: call connect() first';
const UNSUPPORTED = ['ENOTSUP', 'EOPNOTSUPP'];

/** The general table. */
export const generalRows: readonly AdviceRow[] = [
  {
    codes: ['EMFILE'],
    text: 'this process has no file descriptor left: close some, or raise the limit (ulimit -n)',
    windows: 'this process cannot open another socket: close some',
  },
  {
    codes: ['ENFILE'],
    text: 'the system has no file descriptor left: raise sysctl fs.file-max',
    windows: null,
  },
  {
    calls: ['socket'],
    codes: ['EAFNOSUPPORT'],
    text: 'this kernel does not support this address family',
  },
  {
    calls: ['socket', 'socketpair'],
    codes: [...LACKING, 'EPROTOTYPE'],
    text: 'the family does not have this type with this protocol; protocol 0 is the default of a type',
  },
  {
    calls: ['socketpair'],
    codes: UNSUPPORTED,
    text: 'only AF_UNIX and AF_TIPC sockets come in pairs',
    windows: 'on Windows, only SOCK_STREAM and SOCK_DGRAM sockets come in pairs',
  },
  { calls: ['accept'], codes: ['EINVAL'], text: 'the socket does not listen: call listen() first' },
  {
    calls: ['listen', 'accept'],
    codes: UNSUPPORTED,
    text: 'only connection-oriented sockets accept connections, such as SOCK_STREAM and SOCK_SEQPACKET',
  },
  {
    calls: ['connect'],
    codes: ['EISCONN'],
    text: 'the socket is already connected; another connection needs another socket',
  },
  {
    calls: ['send'],
    codes: ['EISCONN'],
    text: 'the socket is connected to one peer: send without an address',
  },
  {
    calls: ['send'],
    codes: ['EDESTADDRREQ', 'ENOTCONN'],
    when: ({ type }) => type !== SOCK_STREAM,
    text: 'the socket has no peer: pass an address, or call connect() first',
  },
  { calls: ['send'], codes: ['ENOTCONN'], text: NOT_CONNECTED },
  {
    calls: ['recv'],
    codes: ['ENOTCONN'],
    text: `${NOT_CONNECTED}; on a listening socket, call accept() and use the socket that it returns`,
  },
  {
    calls: ['getpeername', 'shutdown'],
    codes: ['ENOTCONN'],
    text: 'the socket is not connected, or its connection has ended',
  },
  {
    calls: ['send'],
    codes: ['EMSGSIZE'],
    when: ({ type }) => type === SOCK_DGRAM,
    text: 'the datagram is longer than this socket can send',
  },
];

/** Returns advice for this failure, regardless of the family. */
export const generalAdvice: (failure: Failure) => string | undefined = adviceFrom(generalRows);
