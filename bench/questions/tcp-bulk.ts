import { compare } from '../compare.js';

/** The cost of a KiB in a stream without pauses. */
export const tcpBulk = compare({
  name: 'tcp-bulk',
  title: 'TCP bulk receive, writes of 256 KiB; a message is a KiB',
  server: 'tcp-sink',
  task: ['flood', 1 << 18],
  counts: 'both',
  reference: { name: 'C recv', language: 'c' },
  contestants: [
    { name: 'Python recv_into', language: 'python' },
    { name: 'node:net', language: 'node' },
    {
      name: 'berkeley recvIntoSync',
      language: 'berkeley',
      way: 'sync',
      targets: [{ figure: 'overhead', atMost: 0.1 }],
    },
    {
      name: 'berkeley recvInto',
      language: 'berkeley',
      way: 'into',
      targets: [{ figure: 'overhead', atMost: 0.1 }],
    },
    {
      name: 'berkeley chunks()',
      language: 'berkeley',
      way: 'chunks',
      targets: [{ figure: 'overhead', atMost: 0.8 }],
    },
    {
      name: 'berkeley chunks({ lend: true })',
      language: 'berkeley',
      way: 'lent',
      targets: [{ figure: 'overhead', atMost: 0.15 }],
    },
    {
      name: 'berkeley/net',
      language: 'berkeley',
      program: 'net',
      way: 'sink',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
  ],
});
