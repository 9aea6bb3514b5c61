import './vsock.js';

export * from './constants.js';
export { getLocalCid } from './local-cid.js';
export type { VsockAddress, VsockAddressInput } from './vsock.js';
