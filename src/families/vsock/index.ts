import { defineFamily } from '../../address/registry.js';
import { AF_VSOCK } from './constants.js';
import { vsock } from './vsock.js';

defineFamily('vsock', AF_VSOCK, () => vsock);

export { getLocalCid } from './local-cid.js';
export type { VsockAddress, VsockAddressInput } from './vsock.js';
