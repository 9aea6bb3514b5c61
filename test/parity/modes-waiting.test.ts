/** Calls that wait in each mode: how they time out, and what connect_ex returns. */
import {
  abstract,
  compareAll,
  type Difference,
  host,
  of,
  path,
  room,
  type Scenario,
  type Step,
  text,
  zeros,
} from './sockets-script.js';

/** Calls that have to wait, with a timeout of 20 ms. */
const waiting: readonly Scenario[] = [
  {
    name: 'timeouts of receiving',
    steps: [
      ['a, b = socketpair'],
      ['a.settimeout', 0.02],
      ['a.recv', 1],
      ['a.recv_into', room(1)],
      ['a.recvfrom', 1],
      ['a.recvfrom_into', room(1)],
      ['u = socket', 'AF_INET', 'SOCK_DGRAM'],
      ['u.bind', host('127.0.0.1')],
      ['u.settimeout', 0.02],
      ['u.recvfrom', 1],
      ['b.send', text('now')],
      ['a.recv', 16],
    ],
  },
  {
    name: 'timeouts of sending',
    steps: [
      ['a, b = socketpair'],
      ['a.fill'],
      ['a.settimeout', 0.02],
      ['a.send', zeros(65536)],
      ['a.sendall', zeros(65536)],
      ['c, d = socketpair'],
      ['c.settimeout', 0.02],
      // Part of it fits.
      ['c.sendall', zeros(2 ** 22)],
    ],
  },
  {
    name: 'timeouts of accepting',
    steps: [
      ['s = socket'],
      ['s.bind', host('127.0.0.1')],
      ['s.listen'],
      ['s.settimeout', 0.02],
      ['c = s.accept'],
    ],
  },
];

/** A listener whose backlog is full, so that clients wait. `at` is its address. */
const full = (family: string, address: Step[1]): Step[] => [
  ['listening = socket', family],
  ['listening.bind', address!],
  ['listening.listen', 0],
  ['at = listening.getsockname'],
  ['first = socket', family],
  ['first.connect', of('at')],
];

const timedOut = { python: { value: 11 }, ours: { value: 110 } };
const connectExTimesOut = (step: Step): Difference => ({ step, ...timedOut });

const connecting: readonly Scenario[] = [
  {
    name: 'connecting to a TCP backlog that is full',
    steps: [
      ...full('AF_INET', host('127.0.0.1')),
      ['s = socket'],
      ['s.settimeout', 0.05],
      ['s.connect', of('at')],
      ['t = socket'],
      ['t.settimeout', 0.05],
      // Python has no ETIMEDOUT for its own timeouts, and uses EAGAIN.
      connectExTimesOut(['t.connect_ex', of('at')]),
    ],
  },
  {
    name: 'connecting to a Unix backlog that is full',
    syncOnly: true,
    steps: [
      ...full('AF_UNIX', abstract('full')),
      ['s = socket', 'AF_UNIX'],
      ['s.settimeout', 0],
      ['s.connect', of('at')],
      ['s.connect_ex', of('at')],
    ],
  },
  {
    name: 'the numbers of connect_ex',
    syncOnly: true,
    steps: [
      ['listening = socket'],
      ['listening.bind', host('127.0.0.1')],
      ['at = listening.getsockname'],
      ['s = socket'],
      ['s.connect_ex', of('at')],
      ['listening.listen'],
      ['t = socket'],
      ['t.connect_ex', of('at')],
      ['t.connect_ex', of('at')],
      ['u = socket', 'AF_UNIX'],
      ['u.connect_ex', path('nosuch')],
      ['u.connect_ex', { host: '127.0.0.1', port: 1 }],
      ['n = socket'],
      ['n.settimeout', 0],
      ['n.connect_ex', of('at')],
      ['n.settimeout', 5],
      // The connect that was started continues; a later call waits for its end and returns it.
      ['n.connect_ex', of('at')],
      ['n.getpeername'],
    ],
  },
  {
    name: 'connecting in non-blocking mode',
    syncOnly: true,
    steps: [
      ['listening = socket'],
      ['listening.bind', host('127.0.0.1')],
      ['listening.listen'],
      ['at = listening.getsockname'],
      ['n = socket'],
      ['n.settimeout', 0],
      ['n.connect', of('at')],
    ],
  },
];

compareAll([...waiting, ...connecting]);
