/**
 * Failing calls that create, bind and connect sockets: the same errno and class of error in Python and here.
 */
import { connection, listener, nobody, UDP } from './errors-scenes.js';
import { compareAll, host, of, path, refused, type Scenario } from './sockets-script.js';

const NOWHERE = host('203.0.113.1', 0); // TEST-NET-3: not local

const connecting: readonly Scenario[] = [
  {
    name: 'connect where nobody listens',
    steps: [
      ...nobody,
      ['s = socket'],
      ['s.connect', of('nowhere')],
      ['t = socket'],
      ['t.connect_ex', of('nowhere')],
      ['create_connection', of('nowhere')],
    ],
  },
  {
    name: 'connect twice, blocking',
    syncOnly: true,
    steps: [
      ...connection,
      ['client.connect', of('at')],
      ['client.connect_ex', of('at')],
      ...nobody,
      ['s = socket'],
      ['s.connect', of('nowhere')],
      ['s.connect', of('nowhere')],
    ],
  },
  {
    // After a connect in non-blocking mode, the kernel reports the completed connection once more
    // (inet_stream_connect, SS_CONNECTING). Here the first connect consumes that. In Python the second
    // connect does, and succeeds.
    name: 'connect twice, in timeout mode, which is how promises connect',
    steps: [
      ...listener,
      ['client = socket'],
      ['client.settimeout', 5],
      ['client.connect', of('at')],
      { step: ['client.connect', of('at')], python: { value: null }, ours: { error: 'OSError', errno: 106 } },
      ['client.connect', of('at')],
      ...nobody,
      ['s = socket'],
      ['s.settimeout', 5],
      ['s.connect', of('nowhere')],
      ['s.connect', of('nowhere')],
      ['s.connect', of('nowhere')],
    ],
  },
  { name: 'connect a socket that listens', steps: [...listener, ['listening.connect', of('at')]] },
  {
    name: 'connect to the broadcast address unasked',
    steps: [
      ['s = socket', ...UDP],
      ['s.connect', host('<broadcast>', 9)],
    ],
  },
  {
    name: 'addresses that are none of the family',
    steps: [
      ['s = socket'],
      ['s.connect', path('x')],
      ['s.bind', path('x')],
      ['s.connect', host('127.0.0.1', 65536)],
      ['s.connect', host('127.0.0.1', -1)],
      ['u = socket', 'AF_UNIX'],
      ['u.connect', host('127.0.0.1', 1)],
    ],
  },
];

const binding: readonly Scenario[] = [
  {
    name: 'bind to an address in use',
    steps: [
      ...listener,
      ['s = socket'],
      ['s.bind', of('at')],
      ['first = socket', ...UDP],
      ['first.bind', host('127.0.0.1')],
      ['there = first.getsockname'],
      ['second = socket', ...UDP],
      ['second.bind', of('there')],
    ],
  },
  {
    name: 'bind to an address that is not ours',
    steps: [['s = socket'], ['s.bind', NOWHERE], ['s.bind', host('127.0.0.1')]],
  },
  {
    name: 'bind twice',
    steps: [['s = socket'], ['s.bind', host('127.0.0.1')], ['s.bind', host('127.0.0.1')]],
  },
  {
    name: 'listen on an address that someone listens on',
    steps: [
      ['one = socket'],
      ['one.setsockopt', 'SOL_SOCKET', 'SO_REUSEADDR', 1],
      ['one.bind', host('127.0.0.1')],
      ['at = one.getsockname'],
      ['other = socket'],
      ['other.setsockopt', 'SOL_SOCKET', 'SO_REUSEADDR', 1],
      ['other.bind', of('at')],
      ['one.listen'],
      ['other.listen'],
    ],
  },
];

const making: readonly Scenario[] = [
  {
    name: 'sockets that cannot be made',
    steps: [
      ['socket', 'AF_UNSPEC'],
      ['socket', 'AF_INET', 'SOCK_STREAM', 'IPPROTO_UDP'],
      ['socket', 'AF_INET', 'SOCK_DGRAM', 'IPPROTO_TCP'],
      ['socket', 'AF_INET', 'SOCK_RDM'],
      ['socket', 'AF_INET', 99],
      ['socket', 'AF_INET', 'SOCK_STREAM', 9999],
      ['socket', 'AF_UNIX', 'SOCK_STREAM', 'IPPROTO_TCP'],
      ['socket', 'AF_UNIX', 'SOCK_RDM'],
      ['socketpair', 'AF_INET'],
      ['socketpair', 'AF_UNSPEC'],
      { step: ['socket', 99_999], python: { error: 'OSError', errno: 97 }, ours: refused },
      // Python's value for "the default".
      { step: ['socket', 'AF_INET', -1], python: { value: null }, ours: refused },
    ],
  },
  {
    name: 'descriptors that are no sockets',
    steps: [
      ['file = open_file'],
      ['adopt', of('file')],
      ['close_file', of('file')],
      ['adopt', 999_999],
      ['adopt', -1],
    ],
  },
];

compareAll([...connecting, ...binding, ...making]);
