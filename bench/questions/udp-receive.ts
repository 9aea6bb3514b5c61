import { compare } from '../compare.js';
import { onRuntimes } from './runtimes.js';

/** 192 datagrams fit into a receive buffer of the kernel's default size. */
const BURST = 192;

/** The cost of receiving a datagram. The client has a large part in the rate, so the CPU time counts. */
export const udpReceive = compare({
  name: 'udp-receive',
  title: `UDP receive, 64 bytes, bursts of ${BURST}`,
  server: 'udp-receive',
  task: ['burst', 64, BURST],
  reference: { name: 'C recvfrom', language: 'c' },
  contestants: [
    { name: 'Python recvfrom_into', language: 'python' },
    { name: 'node:dgram', language: 'node' },
    { name: 'berkeley recvfromIntoSync', language: 'berkeley', way: 'sync' },
    {
      name: 'berkeley recvfrom',
      language: 'berkeley',
      way: 'from',
      targets: [{ figure: 'overhead', atMost: 0.3 }],
    },
    {
      name: 'berkeley recvfromInto',
      language: 'berkeley',
      way: 'into',
      targets: [{ figure: 'overhead', atMost: 0.3 }],
    },
    { name: 'berkeley datagrams()', language: 'berkeley', way: 'datagrams' },
    {
      name: 'berkeley/dgram',
      language: 'berkeley',
      program: 'dgram',
      way: 'receive',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
    ...onRuntimes({
      own: { bun: 'Bun.udpSocket', deno: 'Deno.listenDatagram' },
      node: 'node:dgram',
      ours: { sync: 'recvfromIntoSync', into: 'recvfromInto' },
    }),
  ],
});
