import './vsock.js';

export type * from './address.js';
export * from './constants.js';
export { getLocalCid } from './local-cid.js';
