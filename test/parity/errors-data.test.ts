/** Failing sends and receives: the same errno and class of error in Python and here. */
import { connection, pair, UDP } from './errors-scenes.js';
import {
  compareAll,
  hex,
  host,
  of,
  path,
  room,
  type Scenario,
  type Step,
  text,
  zeros,
} from './sockets-script.js';

/** struct linger { 1, 0 }: close(2) sends RST. */
const ABORT = hex(new Uint8Array(Int32Array.of(1, 0).buffer));

const unconnected: readonly Scenario[] = [
  {
    name: 'a TCP socket that is not connected',
    steps: [
      ['s = socket'],
      ['s.send', text('x')],
      ['s.sendall', text('x')],
      ['s.recv', 1],
      ['s.recv_into', room(1)],
      ['s.recvfrom', 1],
      ['s.getpeername'],
      ['s.shutdown', 'SHUT_RDWR'],
      ['c = s.accept'],
      ['s.sendto', text('x'), host('127.0.0.1', 9)],
    ],
  },
  {
    name: 'a UDP socket that is not connected',
    steps: [
      ['s = socket', ...UDP],
      ['s.send', text('x')],
      ['s.getpeername'],
      ['s.shutdown', 'SHUT_RDWR'],
      ['s.listen'],
      ['c = s.accept'],
    ],
  },
  {
    name: 'Unix sockets that are not connected',
    steps: ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_SEQPACKET'].flatMap((type): Step[] => [
      ['s = socket', 'AF_UNIX', type],
      ['s.send', text('x')],
      ['s.getpeername'],
      ['s.shutdown', 'SHUT_RDWR'],
      ['s.listen'],
      ['c = s.accept'],
      ['s.close'],
    ]),
  },
  {
    name: 'accept where nobody listens',
    steps: [
      ['s = socket'],
      ['s.bind', host('127.0.0.1')],
      ['c = s.accept'],
      ...connection,
      ['d = client.accept'],
    ],
  },
];

const connected: readonly Scenario[] = [
  {
    name: 'sending after this end is shut down',
    steps: [
      ...connection,
      ['client.shutdown', 'SHUT_WR'],
      ['client.send', text('x')],
      ['client.sendall', text('x')],
      ['server.recv', 1],
    ],
  },
  {
    name: 'a connection that the peer reset',
    steps: [
      ...connection,
      ['server.setsockopt', 'SOL_SOCKET', 'SO_LINGER', ABORT],
      ['server.close'],
      ['client.recv', 1],
      ['client.recv', 1],
      ['client.send', text('x')],
      ['client.getpeername'],
    ],
  },
  {
    name: 'a Unix peer that is gone',
    steps: [
      ...pair,
      ['server.close'],
      ['client.recv', 1],
      ['client.send', text('x')],
      ['client.sendall', text('x')],
    ],
  },
  {
    name: 'a Unix peer that is gone and had not read everything',
    steps: [
      ...pair,
      ['client.send', text('x')],
      ['server.close'],
      ['client.recv', 1],
      ['client.send', text('x')],
    ],
  },
  {
    name: 'sending to an address over a connection',
    steps: [
      ...pair,
      ['client.sendto', text('x'), path('nobody')],
      ['a, b = socketpair', 'AF_UNIX', 'SOCK_DGRAM'],
      ['a.sendto', text('x'), path('nobody')],
    ],
  },
  {
    name: 'urgent data where there is none',
    steps: [...connection, ['client.recv', 1, 'MSG_OOB']],
  },
];

const messages: readonly Scenario[] = [
  {
    name: 'messages that are too long',
    steps: [
      ['s = socket', ...UDP],
      ['s.sendto', zeros(65_508), host('127.0.0.1', 9)],
      ['a, b = socketpair', 'AF_UNIX', 'SOCK_DGRAM'],
      ['a.send', zeros(2 ** 23)],
      ['c, d = socketpair', 'AF_UNIX', 'SOCK_SEQPACKET'],
      ['c.send', zeros(2 ** 23)],
    ],
  },
  {
    name: 'a broadcast unasked',
    steps: [
      ['s = socket', ...UDP],
      ['s.sendto', text('x'), host('<broadcast>', 9)],
    ],
  },
  {
    name: 'a datagram to a port where nobody is: the next call hears of it',
    steps: [
      ['gone = socket', ...UDP],
      ['gone.bind', host('127.0.0.1')],
      ['at = gone.getsockname'],
      ['gone.close'],
      ['s = socket', ...UDP],
      ['s.connect', of('at')],
      ['s.send', text('x')],
      ['s.recv', 1],
      ['s.send', text('x')],
      ['s.settimeout', 5],
      ['s.recvfrom', 1],
    ],
  },
];

compareAll([...unconnected, ...connected, ...messages]);
