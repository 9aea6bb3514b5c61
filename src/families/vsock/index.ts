import './vsock.js';

export { getLocalCid } from './local-cid.js';
export type { VsockAddress, VsockAddressInput } from './vsock.js';
