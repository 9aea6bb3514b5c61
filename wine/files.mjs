// Which tests run in a Windows process, and which of their folders need what Windows does not have.
const folders = [
  ...['attack', 'batch', 'conformance', 'control', 'errors', 'options', 'reactor', 'resolver'],
  ...['select', 'socket', 'streams', 'traits', 'windows'],
];
const files = ['runtime/runtimes', 'tables/node'];

/** Test files that do not run, by what they need. */
const needs = {
  'descriptors in messages (SCM_RIGHTS)': [
    ...['descriptors', 'descriptors-limit', 'descriptors-python', 'descriptors-specification'].map(
      name => `socket/${name}`,
    ),
    'streams/fds',
  ],
  'an error queue (MSG_ERRQUEUE)': ['socket/error-queue', 'socket/error-queue-news'],
  'descriptors of the sockets of node:net': ['streams/borrow', 'streams/from-node-socket'],
  'the control messages of Linux': [
    'any-socket',
    'ipv4',
    'ipv6',
    'on-the-way',
    'timestamps',
    'transport',
  ].map(name => `control/${name}`),
  'datagrams that wait for space at their receiver (AF_UNIX, AF_NETLINK)': ['traits/full-receivers'],
  'netlink sockets': ['traits/bad-helper-input'],
  MSG_ZEROCOPY: ['batch/zero-copy', 'socket/zero-copy-lifetime'],
  'names of sockets that are bytes (AF_UNIX)': ['attack/shared-memory'],
  'the options of Linux': [
    'options/table',
    ...['agreement-multicast', 'agreement-ss', 'agreement-tcpdump'].map(name => `options/${name}`),
    ...['multicast', 'multicast-wire'].map(name => `options/${name}`),
  ],
  'segmentation of datagrams (UDP_SEGMENT)': ['batch/segments'],
  'a library that replaces functions (LD_PRELOAD)': ['attack/faults/table', 'resolver/slow'],
  'the scripted kernel, whose numbers are those of Linux': [
    ...['lane', 'lane-blocked', 'lane-edges', 'lane-full', 'lane-start'],
    ...['poll-handle', 'reactor', 'reactor-failure', 'reactor-thread'],
  ].map(name => `reactor/${name}`),
};

const nameOf = file => file.replace(/^build\/test\//, '').replace(/\.test\.js$/, '');

export function isForWindows(file) {
  const name = nameOf(file);
  return files.includes(name) || folders.includes(name.split('/')[0]);
}

/** Why a test file does not run in a Windows process, and the remedy; undefined if it does. */
export function reasonToSkip(file) {
  const found = Object.entries(needs).find(([, names]) => names.includes(nameOf(file)));
  return found && `needs ${found[0]}, which Windows does not have: npm test on Linux`;
}
