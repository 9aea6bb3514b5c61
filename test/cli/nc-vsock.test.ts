/** `berkeley nc` against socat, between a machine and itself over vsock. */
import { needsVsockLoopback } from '../support/vsock.js';
import { freePort, testNc } from './nc-peers.js';

testNc([
  {
    name: 'vsock',
    nc: { listen: ['--vsock', '%'], connect: ['--vsock', '1', '%'] },
    socat: { listen: ['VSOCK-LISTEN:%'], connect: ['VSOCK-CONNECT:1:%'] },
    isOurs: true,
    place: freePort,
    skip: needsVsockLoopback,
  },
]);
