/** The properties of sockets, and received data, in Python and here. */
import { compareAll, host, of, room, type Scenario, type Step, text, zeros } from './sockets-script.js';

const about = (name: string): Step[] => [
  [`${name}.family`],
  [`${name}.type`],
  [`${name}.proto`],
  [`${name}.get_inheritable`],
  [`${name}.is_cloexec`],
];

const selves: readonly Scenario[] = [
  {
    name: 'family, type, protocol',
    steps: [
      ['s = socket'],
      ...about('s'),
      ['s = socket', 'AF_INET', 'SOCK_STREAM', 'IPPROTO_TCP'],
      ...about('s'),
      ['s = socket', 'AF_UNIX', 'SOCK_SEQPACKET'],
      ...about('s'),
      ['a, b = socketpair', 'AF_UNIX', 'SOCK_DGRAM'],
      ...about('a'),
      ...about('b'),
    ],
  },
  {
    name: 'what the kernel says of an adopted descriptor and of a duplicate',
    steps: [
      ['s = socket', 'AF_INET', 'SOCK_DGRAM'],
      ['d = s.dup'],
      ...about('d'),
      ['fd = s.detach'],
      ['e = adopt', of('fd')],
      ...about('e'),
      ['f = duplicate', of('d')],
      ...about('f'),
    ],
  },
  {
    name: 'a duplicate outlives its original',
    steps: [
      ['a, b = socketpair'],
      ['c = a.dup'],
      ['a.send', text('one ')],
      ['a.close'],
      ['c.send', text('two')],
      ['b.recv', 64],
      ['c.close'],
      ['b.recv', 64],
    ],
  },
  {
    name: 'a descriptor that is given up is not closed',
    steps: [
      ['a, b = socketpair'],
      ['fd = a.detach'],
      ['a.fileno'],
      ['a.is_closed'],
      ['a.close'],
      ['a.detach'],
      ['c = adopt', of('fd')],
      ['c.send', text('still here')],
      ['b.recv', 64],
    ],
  },
  {
    name: 'inheritance',
    steps: [
      ['s = socket'],
      ['s.set_inheritable', true],
      ...about('s'),
      ['d = s.dup'],
      ...about('d'),
      ['s.set_inheritable', false],
      ...about('s'),
    ],
  },
];

const data: readonly Scenario[] = [
  {
    name: 'pieces of a stream',
    steps: [
      ['a, b = socketpair'],
      ['a.send', text('hello, world')],
      ['b.recv', 5],
      ['b.recv', 5, 'MSG_PEEK'],
      ['b.recv_into', room(4)],
      ['b.recv', 0],
      ['b.recvfrom_into', room(100)],
      ['a.sendall', zeros(3)],
      ['b.recv', 3, 'MSG_WAITALL'],
      ['a.send', text('')],
      ['a.sendall', text('')],
      ['b.recv', -1],
      ['a.shutdown', 'SHUT_WR'],
      ['b.recv', 1],
      ['b.recvfrom', 1],
      ['b.recv_into', room(1)],
    ],
  },
  {
    name: 'datagrams',
    steps: [
      ['a = socket', 'AF_INET', 'SOCK_DGRAM'],
      ['a.bind', host('127.0.0.1')],
      ['to = a.getsockname'],
      ['b = socket', 'AF_INET', 'SOCK_DGRAM'],
      ['b.sendto', text('hello'), of('to')],
      ['b.sendto', text(''), of('to')],
      ['b.sendto', text('world'), of('to')],
      ['a.recvfrom', 3],
      ['a.recvfrom', 16],
      ['a.recvfrom_into', room(16)],
      ['b.connect', of('to')],
      ['b.send', text('connected')],
      ['a.recv', 16],
      ['b.shutdown', 'SHUT_WR'],
      ['b.send', text('x')],
    ],
  },
  {
    name: 'records',
    steps: [
      ['a, b = socketpair', 'AF_UNIX', 'SOCK_SEQPACKET'],
      ['a.send', text('hello')],
      ['a.sendall', text('world')],
      ['b.recv', 3],
      ['b.recv', 16],
      ['a.close'],
      ['b.recv', 16],
    ],
  },
  {
    name: 'a TCP connection',
    steps: [
      ['listening = socket'],
      ['listening.bind', host('127.0.0.1')],
      ['listening.listen', -1],
      ['at = listening.getsockname'],
      ['client = create_connection', of('at')],
      ['server = listening.accept'],
      ['client.getpeername'],
      ['server.getsockname'],
      ['client.getsockname'],
      ['server.getpeername'],
      ['client.send', text('hello')],
      ['server.recvfrom', 16],
      ['server.send', text('!'), 'MSG_OOB'],
      ['client.recv', 1, 'MSG_OOB'],
      ['client.shutdown', 'SHUT_RDWR'],
      ['server.recv', 1],
      ['client.recv', 1],
    ],
  },
];

compareAll([...selves, ...data]);
