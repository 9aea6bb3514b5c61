/** Advice for failed calls on AF_VSOCK sockets. */

import { adviceFrom, moduleRow, needsModules } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import { VMADDR_CID_LOCAL } from './constants.js';

function cidOf({ address }: Failure): number | undefined {
  return (address as { readonly cid?: number } | undefined)?.cid;
}

/** Returns advice if /dev/vsock cannot be opened. */
export function deviceAdvice(code: string): string | undefined {
  return code === 'ENOENT' || code === 'ENODEV' ? needsModules('/dev/vsock', 'vsock') : undefined;
}

/** Returns advice for a failed call on a socket of AF_VSOCK. */
export const adviseVsock: (failure: Failure) => string | undefined = adviceFrom([
  moduleRow('AF_VSOCK', 'vsock', 'vsock_loopback'),
  {
    calls: ['bind', 'connect', 'send'],
    codes: ['ENODEV', 'EADDRNOTAVAIL', 'ENETUNREACH'],
    when: failure => cidOf(failure) === VMADDR_CID_LOCAL,
    text: needsModules('the loopback of AF_VSOCK', 'vsock_loopback'),
  },
  {
    calls: ['connect', 'send'],
    codes: ['ENODEV', 'ENETUNREACH'],
    text: failure =>
      `no transport reaches CID ${cidOf(failure)}: check that the machine runs. A host needs modprobe vhost_vsock, a guest the module of its hypervisor`,
  },
  {
    calls: ['connect'],
    codes: ['ECONNRESET'],
    text: 'no socket of the peer listens on this port',
  },
  { calls: ['bind'], codes: ['EACCES'], text: 'a port below 1024 needs CAP_NET_BIND_SERVICE' },
  {
    calls: ['bind'],
    codes: ['EADDRNOTAVAIL'],
    text: 'a socket is bound to its own machine: VMADDR_CID_ANY, or getLocalCid()',
  },
  {
    calls: ['bind'],
    codes: ['EADDRINUSE'],
    text: 'another socket uses this port; ss -lp --vsock shows its process',
  },
]);
