/**
 * Options, Unix paths, closed sockets and calls that may not wait: the same errno and class of error in
 * Python and here.
 */
import { listener, pair, UDP } from './errors-scenes.js';
import {
  abstract,
  compareAll,
  hex,
  host,
  path,
  refused,
  room,
  type Scenario,
  text,
  zeros,
} from './sockets-script.js';

/** struct timeval with too many microseconds. */
const BAD_TIME = hex(new Uint8Array(BigInt64Array.of(0n, 1_000_000_000n).buffer));

const options: readonly Scenario[] = [
  {
    name: 'options that do not exist, or not here',
    steps: [
      ['s = socket'],
      ['s.getsockopt', 'SOL_SOCKET', 9999],
      ['s.getsockopt', 'SOL_SOCKET', 9999, 16],
      ['s.setsockopt', 'SOL_SOCKET', 9999, 1],
      ['s.getsockopt', 9999, 1],
      ['s.setsockopt', 9999, 1, 1],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_TYPE', 1],
      ['u = socket', ...UDP],
      ['u.setsockopt', 'IPPROTO_TCP', 'TCP_NODELAY', 1],
      ['u.getsockopt', 'IPPROTO_TCP', 'TCP_NODELAY'],
      ['x = socket', 'AF_UNIX'],
      ['x.getsockopt', 'IPPROTO_IP', 'IP_TTL'],
    ],
  },
  {
    name: 'values that an option does not take',
    steps: [
      ['s = socket'],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_LINGER', 1],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_RCVTIMEO', 1],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_RCVTIMEO', BAD_TIME],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE', text('x')],
      ['s.setsockopt', 'IPPROTO_IP', 'IP_TTL', 256],
      ['s.setsockopt', 'IPPROTO_TCP', 'TCP_CONGESTION', text('nosuch')],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_BINDTODEVICE', text('nosuch0')],
      ['s.setsockopt_null', 'SOL_SOCKET', 'SO_KEEPALIVE', 4],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE', 1.5],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE', 2 ** 32],
      {
        step: ['s.shutdown', 99],
        python: { error: 'OSError', errno: 22 },
        ours: refused,
      },
    ],
  },
];

const unix: readonly Scenario[] = [
  {
    name: 'Unix paths that lead nowhere',
    steps: [
      ['s = socket', 'AF_UNIX'],
      ['s.connect', path('nosuch')],
      ['s.connect_ex', path('nosuch')],
      ['s.connect', path('nosuch/x')],
      ['s.connect', path('/dev/null')],
      ['s.connect', path('/dev/null/x')],
      ['s.connect', path('.')],
      ['s.bind', path('nosuch/x')],
      ['s.connect', abstract('nobody')],
      ['d = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['d.sendto', text('x'), path('nosuch')],
      ['d.sendto', text('x'), abstract('nobody')],
      ['d.connect', path('nosuch')],
    ],
  },
  {
    name: 'a Unix socket that nobody listens at any more',
    steps: [
      ['old = socket', 'AF_UNIX'],
      ['old.bind', path('x.sock')],
      ['s = socket', 'AF_UNIX'],
      ['s.connect', path('x.sock')],
      ['old.close'],
      ['s.connect', path('x.sock')],
      ['s.bind', path('x.sock')],
    ],
  },
  {
    name: 'a Unix socket of another type',
    steps: [
      ['d = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['d.bind', path('d.sock')],
      ['s = socket', 'AF_UNIX'],
      ['s.connect', path('d.sock')],
      ['l = socket', 'AF_UNIX'],
      ['l.bind', path('l.sock')],
      ['l.listen'],
      ['d.sendto', text('x'), path('l.sock')],
      ['d.connect', path('l.sock')],
    ],
  },
  {
    name: 'Unix names in use',
    steps: [
      ['s = socket', 'AF_UNIX'],
      ['s.bind', path('x.sock')],
      ['t = socket', 'AF_UNIX'],
      ['t.bind', path('x.sock')],
      ['s.bind', path('y.sock')],
      ['a = socket', 'AF_UNIX'],
      ['a.bind', abstract('used')],
      ['b = socket', 'AF_UNIX'],
      ['b.bind', abstract('used')],
    ],
  },
];

/** Every method that makes a system call, on a closed socket. */
const closed: readonly Scenario[] = [
  {
    name: 'a socket that is closed',
    steps: [
      ['s = socket'],
      ['s.close'],
      ['s.close'],
      ['s.accept'],
      ['s.bind', host('127.0.0.1')],
      ['s.connect', host('127.0.0.1', 9)],
      ['s.connect_ex', host('127.0.0.1', 9)],
      ['s.listen'],
      ['s.recv', 1],
      ['s.recv_into', room(1)],
      ['s.recvfrom', 1],
      ['s.recvfrom_into', room(1)],
      ['s.send', text('x')],
      ['s.sendall', text('x')],
      ['s.sendto', text('x'), host('127.0.0.1', 9)],
      ['s.getsockname'],
      ['s.getpeername'],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE'],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE', 1],
      ['s.shutdown', 'SHUT_RDWR'],
      ['s.dup'],
      ['s.get_inheritable'],
      ['s.set_inheritable', true],
      ['s.settimeout', 1],
      ['s.setblocking', true],
      ['s.fileno'],
      ['s.detach'],
    ],
  },
];

/** Calls that would have to wait, but may not: MSG_DONTWAIT works in both faces. */
const waiting: readonly Scenario[] = [
  {
    name: 'calls that may not wait',
    steps: [
      ...pair,
      ['client.recv', 1, 'MSG_DONTWAIT'],
      ['client.fill'],
      ['client.send', zeros(65536), 'MSG_DONTWAIT'],
      ['client.settimeout', 0],
      ['server.settimeout', 0],
      ['client.send', zeros(65536)],
      ['client.recv', 1],
      ['client.recv_into', room(1)],
      ['client.recvfrom', 1],
      ['client.recvfrom_into', room(1)],
      ...listener,
      ['listening.settimeout', 0],
      ['c = listening.accept'],
    ],
  },
];

compareAll([...options, ...unix, ...closed, ...waiting]);
