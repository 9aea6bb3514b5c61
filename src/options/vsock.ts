/** Options of sockets between a host and its virtual machines, level AF_VSOCK. vsock(7). */
import * as constants from '../families/vsock/constants.js';
import { amount, boolean, natural } from '../layout/numbers.js';
import { milliseconds } from '../layout/time.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption } from './option.js';

const vsock = defineLevel({ constants, level: constants.AF_VSOCK, families: ['vsock'], man: 'vsock(7)' });

/** The buffer size, in bytes, between `bufferMinSize` and `bufferMaxSize`. */
export const bufferSize: Option<number, 'vsock'> = vsock.readWrite('SO_VM_SOCKETS_BUFFER_SIZE', amount);

/** The minimum buffer size that can be set, in bytes. */
export const bufferMinSize: Option<number, 'vsock'> = vsock.readWrite(
  'SO_VM_SOCKETS_BUFFER_MIN_SIZE',
  amount,
);

/** The maximum buffer size that can be set, in bytes. */
export const bufferMaxSize: Option<number, 'vsock'> = vsock.readWrite(
  'SO_VM_SOCKETS_BUFFER_MAX_SIZE',
  amount,
);

/** The timeout of connect(), in milliseconds; `null` for the default, 2 seconds. */
export const connectTimeout: Option<number | null, 'vsock'> = vsock.readWrite(
  'SO_VM_SOCKETS_CONNECT_TIMEOUT',
  milliseconds,
);

const vmware = vsock.only({ man: 'linux/vm_sockets.h' });

/** The peer’s host id, on VMware. */
export const peerHostVmId: ReadOnlyOption<number, 'vsock'> = vmware.readOnly(
  'SO_VM_SOCKETS_PEER_HOST_VM_ID',
  natural,
  { requires: 'needs VMware' },
);

/** Whether the peer is trusted, on VMware. */
export const trusted: ReadOnlyOption<boolean, 'vsock'> = vmware.readOnly('SO_VM_SOCKETS_TRUSTED', boolean, {
  requires: 'needs VMware',
});
