import './alg.js';

export type * from './address.js';
export * from './constants.js';
export { type AlgOperation, algControl, sendmsgAfalg, sendmsgAfalgSync } from './operation.js';
