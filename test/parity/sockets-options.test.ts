/** Socket options, as integers and as bytes, in Python and here. */
import { compareAll, type Given, hex, refused, type Scenario, type Step } from './sockets-script.js';

const int = (value: number): Given => hex(new Uint8Array(Int32Array.of(value).buffer));
const linger = (on: number, seconds: number): Given => hex(new Uint8Array(Int32Array.of(on, seconds).buffer));

const options: readonly Scenario[] = [
  {
    name: 'options as integers',
    steps: [
      ['s = socket'],
      ...[
        'SO_TYPE',
        'SO_DOMAIN',
        'SO_PROTOCOL',
        'SO_ERROR',
        'SO_ACCEPTCONN',
        'SO_RCVBUF',
        'SO_SNDBUF',
        'SO_RCVLOWAT',
      ].map((name): Step => ['s.getsockopt', 'SOL_SOCKET', name]),
      ...['SO_REUSEADDR', 'SO_KEEPALIVE', 'SO_BROADCAST', 'SO_OOBINLINE', 'SO_REUSEPORT'].flatMap(
        (name): Step[] => [
          ['s.setsockopt', 'SOL_SOCKET', name, 1],
          ['s.getsockopt', 'SOL_SOCKET', name],
          ['s.setsockopt', 'SOL_SOCKET', name, false],
          ['s.getsockopt', 'SOL_SOCKET', name],
        ],
      ),
      ['s.setsockopt', 'SOL_SOCKET', 'SO_RCVBUF', 10_000],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_RCVBUF'],
      ['s.setsockopt', 'IPPROTO_TCP', 'TCP_NODELAY', true],
      ['s.getsockopt', 'IPPROTO_TCP', 'TCP_NODELAY'],
      ['s.setsockopt', 'IPPROTO_IP', 'IP_TTL', 7],
      ['s.getsockopt', 'IPPROTO_IP', 'IP_TTL'],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_PRIORITY', -1],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_PRIORITY'],
    ],
  },
  {
    name: 'options as bytes',
    steps: [
      ['s = socket'],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE', 4],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE', 1],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE', 100],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE', int(1)],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_KEEPALIVE'],
      ['s.setsockopt', 'SOL_SOCKET', 'SO_LINGER', linger(1, 7)],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_LINGER', 8],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_LINGER'],
      ['s.getsockopt', 'IPPROTO_TCP', 'TCP_CONGESTION', 16],
      ['s.getsockopt_length', 'IPPROTO_TCP', 'TCP_INFO', 512],
      ['s.getsockopt_length', 'IPPROTO_TCP', 'TCP_INFO', 3],
      ['s.getsockopt', 'SOL_SOCKET', 'SO_RCVTIMEO', 16],
      ['s.getsockopt', 'IPPROTO_IP', 'IP_OPTIONS', 40],
      ['u, v = socketpair'],
      ['u.getsockopt_length', 'SOL_SOCKET', 'SO_PEERCRED', 64],
    ],
  },
  {
    name: 'options: where the two differ',
    steps: [
      ['s = socket'],
      // A length of 0 is Python's default, which asks for an integer.
      {
        step: ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE', 0],
        python: { value: 1 },
        ours: { value: { hex: '' } },
      },
      {
        step: ['s.getsockopt', 'SOL_SOCKET', 'SO_TYPE', 1025],
        python: { error: 'OSError', errno: null },
        ours: { value: { hex: '01000000' } },
      },
      // Unsigned in C, as marks and masks are.
      {
        step: ['s.setsockopt', 'IPPROTO_TCP', 'TCP_NOTSENT_LOWAT', 0xffff_ffff],
        python: refused,
        ours: { value: null },
      },
      {
        step: ['s.getsockopt', 'IPPROTO_TCP', 'TCP_NOTSENT_LOWAT', 4],
        python: { value: { hex: '00000000' } },
        ours: { value: { hex: 'ffffffff' } },
      },
    ],
  },
];

compareAll(options);
