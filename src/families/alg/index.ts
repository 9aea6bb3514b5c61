import './alg.js';

export type { AlgAddress, AlgAddressInput } from './address.js';
export { type AlgOperation, algControl, sendmsgAfalg, sendmsgAfalgSync } from './operation.js';
