import { compare } from '../compare.js';
import { onRuntimes } from './runtimes.js';

/** 192 datagrams fit into a receive buffer of the kernel's default size. */
const BURST = 192;
/** The same amount in 16 pieces. The receiver has UDP_GRO, and receives each piece as it was sent. */
const SEGMENTS = 1024;

/** The cost of sending a datagram. The client only receives, so the CPU time counts. */
export const udpBatchSend = compare({
  name: 'udp-batch-send',
  title: `UDP send, 64 bytes, ${BURST} at a time`,
  server: 'udp-send',
  task: ['demand', 64, BURST],
  reference: { name: 'C sendmmsg', language: 'c', way: 'sendmmsg' },
  contestants: [
    { name: 'C sendto', language: 'c', way: 'sendto' },
    { name: 'Python sendto', language: 'python', way: 'sendto' },
    { name: 'node:dgram', language: 'node' },
    {
      name: 'berkeley sendtoSync',
      language: 'berkeley',
      way: 'sendtoSync',
      targets: [{ figure: 'overhead', atMost: 0.4 }],
    },
    {
      name: 'berkeley sendto',
      language: 'berkeley',
      way: 'sendto',
      targets: [{ figure: 'overhead', atMost: 0.6 }],
    },
    {
      name: 'berkeley sendmmsgSync',
      language: 'berkeley',
      way: 'sendmmsgSync',
      targets: [{ figure: 'cpu', atMost: 1.15 }],
    },
    {
      name: 'berkeley sendmmsg',
      language: 'berkeley',
      way: 'sendmmsg',
      targets: [{ figure: 'cpu', atMost: 1.15 }],
    },
    {
      name: 'berkeley/dgram',
      language: 'berkeley',
      program: 'dgram',
      way: 'send',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
    ...onRuntimes({
      own: { bun: 'Bun.udpSocket', deno: 'Deno.listenDatagram' },
      node: 'node:dgram',
      ours: { sendtoSync: 'sendtoSync', sendto: 'sendto', sendmmsg: 'sendmmsg' },
    }),
  ],
});

/** The same if the kernel splits one message into 64 datagrams (UDP_SEGMENT). */
export const udpGsoSend = compare({
  name: 'udp-gso-send',
  title: `UDP send with GSO, 64 bytes, ${SEGMENTS} at a time in segments of 64`,
  server: 'udp-send',
  task: ['demand', 64, SEGMENTS],
  reference: { name: 'C sendmsg, GSO', language: 'c', way: 'gso' },
  contestants: [
    { name: 'Python sendmsg, GSO', language: 'python', way: 'gso' },
    {
      name: 'berkeley sendSegmentsSync',
      language: 'berkeley',
      way: 'segmentsSync',
      targets: [{ figure: 'cpu', atMost: 1.1 }],
    },
    {
      name: 'berkeley sendSegments',
      language: 'berkeley',
      way: 'segments',
      targets: [{ figure: 'cpu', atMost: 1.1 }],
    },
  ],
});
