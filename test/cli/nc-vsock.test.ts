/** `berkeley nc` against socat, between a machine and itself over vsock. */
import { needsVsockLoopback } from '../support/vsock.js';
import { freePort, testBesideSocat } from './beside-socat.js';

testBesideSocat({
  name: 'vsock',
  listen: ['--vsock', '%'],
  connect: ['--vsock', '1', '%'],
  socatListen: 'VSOCK-LISTEN:%',
  socatConnect: 'VSOCK-CONNECT:1:%',
  place: freePort,
  skip: needsVsockLoopback,
});
