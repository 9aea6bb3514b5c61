import './alg.js';

export type * from './address.js';
export * from './constants.js';
