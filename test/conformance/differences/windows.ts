/** Windows, and Wine where it differs from Windows. */
import type { Difference } from './difference.js';

export const windows: readonly Difference[] = [
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['an integer is set and read'],
    why: 'Windows does not double SO_RCVBUF',
    fails: /20000 !== 40000/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['a length without a value'],
    why: 'Windows has no SO_BINDTODEVICE',
    fails: /SO_BINDTODEVICE, which win32 does not have/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['the upper half of an unsigned number'],
    why: 'Windows has no SO_RCVLOWAT',
    fails: /ENOPROTOOPT/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['a call that blocks does so though a duplicate'],
    why: 'Windows has a mode per handle, and not per socket',
    fails: /false !== true/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['MSG_MORE gathers'],
    why: 'Winsock has no MSG_MORE',
    fails: /MSG_MORE, which win32 does not have/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['MSG_TRUNC tells the true length'],
    why: 'Winsock does not say how long a datagram was that it cut',
    fails: /!== 8/,
  },
  {
    on: 'win32',
    rows: 'inet',
    behaviours: ['MSG_TRUNC on a stream'],
    why: 'Winsock has MSG_TRUNC only as an answer, and receives as usual',
    fails: /thrown away/,
  },
  {
    on: 'win32',
    rows: 'inet dgram',
    behaviours: ['bytes are set and read'],
    why: 'Windows has SO_LINGER only for streams',
    fails: /ENOPROTOOPT/,
  },
  {
    on: 'win32',
    rows: 'inet6 dgram',
    behaviours: ['bytes are set and read'],
    why: 'Windows has SO_LINGER only for streams',
    fails: /ENOPROTOOPT/,
  },
  {
    on: 'wine',
    rows: 'inet',
    behaviours: [
      'a reset by the peer',
      'a reset is told once',
      'MSG_WAITALL that a reset cuts short',
      'chunks rejects',
    ],
    why: 'Wine takes the reset for the end of the stream',
    fails: /did not fail, but gave/,
  },
];
