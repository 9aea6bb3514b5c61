import { compare } from '../compare.js';

/** The cost of a datagram and its answer, if no other datagram shares the turn of the event loop. */
export const udpPingpong = compare({
  name: 'udp-pingpong',
  title: 'UDP ping-pong, 64 bytes',
  server: 'udp-receive',
  task: ['burst', 64, 1],
  reference: { name: 'C recvfrom', language: 'c' },
  contestants: [
    { name: 'node:dgram', language: 'node' },
    { name: 'berkeley recvfromInto', language: 'berkeley', way: 'into' },
    {
      name: 'berkeley/dgram',
      language: 'berkeley',
      program: 'dgram',
      way: 'receive',
      targets: [{ figure: 'overhead', atMost: 1 }],
    },
  ],
});
