/**
 * Blocking, non-blocking and timeout mode: what sets them, what inherits them, and the O_NONBLOCK flag of the
 * descriptor.
 */
import { compareAll, of, path, refused, type Scenario, type Step, text } from './sockets-script.js';

/** Everything that a socket reports about its mode. */
const modeOf = (name: string): Step[] => [
  [`${name}.gettimeout`],
  [`${name}.getblocking`],
  [`${name}.is_nonblocking`],
  [`${name}.type`],
];

/** The ways to set each mode of a socket. */
const settings: readonly Step[] = [
  ['s.settimeout', 1.5],
  ['s.settimeout', 0],
  ['s.settimeout', null],
  ['s.settimeout', 0.001],
  ['s.setblocking', false],
  ['s.setblocking', true],
];

const setting: readonly Scenario[] = [
  {
    name: 'each setting, after each other',
    syncOnly: true,
    steps: [
      ['s = socket'],
      ...modeOf('s'),
      ...settings.flatMap(first => settings.flatMap(second => [first, second, ...modeOf('s')])),
    ],
  },
  {
    name: 'SOCK_NONBLOCK and SOCK_CLOEXEC in the type',
    syncOnly: true,
    steps: [
      'SOCK_STREAM|SOCK_NONBLOCK',
      'SOCK_STREAM|SOCK_CLOEXEC',
      'SOCK_DGRAM|SOCK_NONBLOCK|SOCK_CLOEXEC',
    ].flatMap((type): Step[] => [
      ['s = socket', 'AF_INET', type],
      ...modeOf('s'),
      ['s.is_cloexec'],
      ['s.settimeout', null],
      ...modeOf('s'),
      ['s.close'],
      ['a, b = socketpair', 'AF_UNIX', type],
      ['a.is_cloexec'],
      ['a.type'],
      ['a.is_nonblocking'],
      ['b.is_nonblocking'],
    ]),
  },
  {
    name: 'timeouts that are none',
    syncOnly: true,
    steps: [
      ['s = socket'],
      ['s.settimeout', -1],
      ['s.settimeout', -0.001],
      ['setdefaulttimeout', -1],
      ['getdefaulttimeout'],
      ...modeOf('s'),
    ],
  },
  {
    name: 'the default timeout',
    syncOnly: true,
    steps: [null, 0, 2.5].flatMap((timeout): Step[] => [
      ['setdefaulttimeout', timeout],
      ['getdefaulttimeout'],
      ['s = socket'],
      ...modeOf('s'),
      ['a, b = socketpair'],
      ...modeOf('a'),
      ['d = a.dup'],
      ...modeOf('d'),
      ['f = duplicate', of('a')],
      ...modeOf('f'),
      ['setdefaulttimeout', null],
      ...modeOf('s'),
    ]),
  },
  {
    name: 'duplicates and descriptors that change hands',
    syncOnly: true,
    steps: [null, 0, 2.5].flatMap((timeout): Step[] => [
      ['a, b = socketpair'],
      ['a.settimeout', timeout],
      ['d = a.dup'],
      ...modeOf('d'),
      ['fd = a.detach'],
      ['a.is_closed'],
      ['e = adopt', of('fd')],
      ['e.is_nonblocking'],
      ['e.close'],
      ['d.close'],
    ]),
  },
];

/** The mode of an accepted socket, for each mode of its listener and each default. */
const accepting: readonly Scenario[] = [null, 0, 2.5].flatMap(byDefault =>
  [null, 0, 1.5].map(
    (timeout): Scenario => ({
      name: `accept: listener's timeout ${timeout}, default ${byDefault}`,
      steps: [
        ['listening = socket', 'AF_UNIX'],
        ['listening.bind', path('x')],
        ['listening.listen'],
        ['client = socket', 'AF_UNIX'],
        ['client.connect', path('x')],
        ['listening.settimeout', timeout],
        ['setdefaulttimeout', byDefault],
        ['s = listening.accept'],
        ...modeOf('s'),
        ['s.is_cloexec'],
        ['s.get_inheritable'],
        ['s.family'],
        ['s.proto'],
      ],
    }),
  ),
);

const differences: readonly Scenario[] = [
  {
    name: 'a timeout beyond a C int64_t of nanoseconds',
    syncOnly: true,
    steps: [
      ['s = socket'],
      // 146 billion years.
      { step: ['s.settimeout', 2 ** 62], python: refused, ours: { value: null } },
    ],
  },
  {
    name: 'the mode of a non-blocking descriptor that is taken over',
    syncOnly: true,
    steps: [
      ['a, b = socketpair'],
      ['a.setblocking', false],
      ['fd = a.detach'],
      ['e = adopt', of('fd')],
      // Both report that it blocks. Python fails if no data is available; here the call waits.
      ['e.gettimeout'],
      ['e.is_nonblocking'],
      ['b.send', text('x')],
      ['e.recv', 1],
    ],
  },
];

compareAll([...setting, ...accepting, ...differences]);
