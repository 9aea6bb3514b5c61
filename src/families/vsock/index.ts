import './vsock.js';

export type { VsockAddress, VsockAddressInput } from './address.js';
export { getLocalCid } from './local-cid.js';
