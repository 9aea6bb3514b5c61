/** Addresses passed to and returned by the kernel, of every kind, in Python and here. */
import { if_nametoindex } from 'berkeley';
import { withoutIpv6 } from './echo-transports.js';
import {
  abstract,
  compareAll,
  type Given,
  host,
  type Outcome,
  of,
  path,
  refused,
  type Scenario,
  type Step,
  text,
} from './sockets-script.js';

const lo = if_nametoindex('lo');
const v6 = (name: string, fields: object = {}): Given => ({ host: name, port: 9, ...fields });

/** Binds a new socket and reads its address. */
const bound = (address: Given, family = 'AF_INET', type = 'SOCK_DGRAM'): Step[] => [
  ['s = socket', family, type],
  ['s.bind', address],
  ['s.getsockname'],
];
/** Connects a new datagram socket and reads the address of its peer. */
const aimed = (address: Given, family = 'AF_INET'): Step[] => [
  ['s = socket', family, 'SOCK_DGRAM'],
  ['s.connect', address],
  ['s.getpeername'],
];

const inet: readonly Scenario[] = [
  {
    name: 'IPv4 addresses that are bound',
    steps: [
      '',
      'localhost',
      '<broadcast>',
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '2130706433',
      '0',
      '0.0.0.0',
      '224.0.0.1',
    ]
      .map(name => host(name))
      .flatMap(address => bound(address)),
  },
  {
    name: 'IPv4 addresses that are connected to',
    steps: ['', 'localhost', '127.0.0.2', '0.0.0.0'].flatMap(name => aimed(host(name, 9))),
  },
  {
    name: 'IPv4 ports',
    steps: [
      ...bound(host('127.0.0.1', 0)),
      ...bound(host('127.0.0.1', 0), 'AF_INET', 'SOCK_STREAM'),
      ...bound(host('127.0.0.1', -1)),
      ...bound(host('127.0.0.1', 65_536)),
      ...aimed(host('127.0.0.1', 65_535)),
      ['s.getsockname'],
      ['t = socket'],
      ['t.getsockname'],
    ],
  },
];

const noName: Outcome = { error: 'ResolverError', errno: -2 };

const inet6: readonly Scenario[] = [
  {
    name: 'IPv6 addresses that are bound',
    steps: ['', '::', '::1', 'localhost', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'].flatMap(name =>
      bound(host(name), 'AF_INET6'),
    ),
  },
  {
    name: 'IPv6 addresses with a scope and a flow',
    steps: [
      v6('ff02::1', { flowinfo: 0, scopeId: lo }),
      v6('ff02::1%lo', { flowinfo: 0, scopeId: lo }),
      v6('::1', { flowinfo: 5, scopeId: 0 }),
      v6('::1', { flowinfo: 0xfffff, scopeId: 0 }),
      v6('::1', { flowinfo: -1, scopeId: 0 }),
    ].flatMap(address => aimed(address, 'AF_INET6')),
  },
  {
    name: 'zones, flows and scopes where the two differ',
    steps: [
      ['s = socket', 'AF_INET6', 'SOCK_DGRAM'],
      // glibc accepts interface names only for link-local addresses; RFC 4007 allows them for all.
      { step: ['s.connect', v6('::1%lo')], python: noName, ours: { value: null } },
      { step: ['s.connect', v6('fe80::1%nosuch')], python: noName, ours: refused },
      // The traffic class is above the flow label. The kernel returns both, and Python accepts only the
      // label.
      {
        step: ['s.connect', v6('::1', { flowinfo: 0x100000, scopeId: 0 })],
        python: refused,
        ours: { value: null },
      },
      {
        step: ['s.connect', v6('::1', { flowinfo: 0x10000000, scopeId: 0 })],
        python: refused,
        ours: refused,
      },
      // A C unsigned long in Python, of which 32 bits are used.
      {
        step: ['s.connect', v6('::1', { flowinfo: 0, scopeId: -1 })],
        python: { value: null },
        ours: refused,
      },
    ],
  },
  {
    // Python overrides the zone with the scope of the address, which defaults to 0.
    name: 'a zone in the host is the scope',
    steps: aimed(v6('ff02::1%lo'), 'AF_INET6'),
    inPython: aimed(v6('ff02::1', { flowinfo: 0, scopeId: lo }), 'AF_INET6'),
  },
  {
    name: 'who sent a datagram over IPv6',
    steps: [
      ['a = socket', 'AF_INET6', 'SOCK_DGRAM'],
      ['a.bind', host('::1')],
      ['to = a.getsockname'],
      ['b = socket', 'AF_INET6', 'SOCK_DGRAM'],
      ['b.sendto', text('hello'), of('to')],
      ['a.recvfrom', 16],
    ],
  },
].map(scenario => ({ ...scenario, steps: scenario.steps as Step[], skip: withoutIpv6() }));

const bytes = (name: number[]): Given => ({ pathHex: Buffer.from(name).toString('hex') });
const long = (length: number): Given => path('x'.repeat(length));

const unix: readonly Scenario[] = [
  {
    name: 'Unix paths',
    steps: [
      path('x.sock'),
      path('a b%@.sock'),
      path('héllo'),
      path('日本'),
      bytes([0x78, 0xff, 0xfe]),
      path('@abstract?'),
      long(107),
    ].flatMap(address => [
      ...bound(address, 'AF_UNIX'),
      ['c = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['c.connect', address],
      ['c.getpeername'],
    ]),
  },
  {
    name: 'abstract names',
    steps: [
      abstract('x'),
      { abstractHex: '00ff00' },
      { abstractHex: '' },
      { abstractHex: '61'.repeat(107) },
    ].flatMap(address => [
      ...bound(address, 'AF_UNIX'),
      ['c = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['c.connect', address],
      ['c.getpeername'],
    ]),
  },
  {
    name: 'Unix sockets without a name, and a name that the kernel chooses',
    steps: [
      ['s = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['s.getsockname'],
      ['s.bind', { unnamed: true }],
      ['at = s.getsockname'],
      ['c = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      ['c.sendto', text('who am I?'), of('at')],
      ['s.recvfrom', 64],
      ['c.bind', { unnamed: true }],
      ['c.sendto', text('and now?'), of('at')],
      ['s.recvfrom', 64],
      ['a, b = socketpair'],
      ['a.getsockname'],
      ['a.getpeername'],
      ['a.send', text('x')],
      ['b.recvfrom', 1],
    ],
  },
  {
    name: 'names that are too long, empty or torn',
    steps: [
      ['s = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      // Python requires space for a NUL, which Linux does not need.
      { step: ['s.bind', long(108)], python: { error: 'OSError', errno: null }, ours: { value: null } },
      ['s = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      // Neither makes a system call.
      { step: ['s.bind', long(109)], python: { error: 'OSError', errno: null }, ours: refused },
      {
        step: ['s.bind', { abstractHex: '61'.repeat(108) }],
        python: { error: 'OSError', errno: null },
        ours: refused,
      },
      // Python passes an empty name to the kernel, which then chooses one.
      { step: ['s.bind', path('')], python: { value: null }, ours: refused },
      ['t = socket', 'AF_UNIX', 'SOCK_DGRAM'],
      // The kernel would use the part before the NUL.
      { step: ['t.bind', bytes([0x61, 0, 0x62])], python: { value: null }, ours: refused },
    ],
  },
];

compareAll([...inet, ...inet6, ...unix]);
