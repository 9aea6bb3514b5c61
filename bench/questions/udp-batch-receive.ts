import { compare } from '../compare.js';

/** 192 datagrams fit into a receive buffer of the kernel's default size. */
const BURST = 192;

/** The cost of receiving a datagram when a call receives 64. The CPU time counts here too. */
export const udpBatchReceive = compare({
  name: 'udp-batch-receive',
  title: `UDP receive, 64 at a time, 64 bytes, bursts of ${BURST}`,
  server: 'udp-batch',
  task: ['burst', 64, BURST, 1],
  reference: { name: 'C recvfrom', language: 'c', way: 'recvfrom' },
  contestants: [
    { name: 'C recvmmsg', language: 'c', way: 'recvmmsg' },
    { name: 'Python recvfrom_into', language: 'python' },
    { name: 'node:dgram', language: 'node' },
    {
      name: 'berkeley recvmmsgSync',
      language: 'berkeley',
      way: 'sync',
      targets: [{ figure: 'cpu', atMost: 1 }],
    },
    {
      name: 'berkeley recvmmsg',
      language: 'berkeley',
      way: 'promises',
      targets: [{ figure: 'cpu', atMost: 1 }],
    },
    { name: 'berkeley recvmmsg, each address', language: 'berkeley', way: 'addresses' },
  ],
});

/** The same if the kernel delivers 64 datagrams as one message (UDP_GRO). */
export const udpGroReceive = compare({
  name: 'udp-gro-receive',
  title: 'UDP receive with GRO, 64 bytes, sent in segments of 64, bursts of 1,024',
  server: 'udp-batch',
  task: ['gso-burst', 64, 1024],
  reference: { name: 'C recvmmsg, GRO', language: 'c', way: 'gro' },
  contestants: [
    // This contestant receives each datagram alone, and a burst of 1,024 would not fit into its buffer.
    { name: 'node:dgram', language: 'node', task: ['gso-burst', 64, BURST] },
    { name: 'berkeley recvmmsgSync, GRO', language: 'berkeley', way: 'groSync' },
    { name: 'berkeley recvmmsg, GRO', language: 'berkeley', way: 'gro' },
    { name: 'berkeley recvSegments', language: 'berkeley', way: 'segments' },
  ],
});
