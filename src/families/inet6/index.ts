import './inet6.js';

export type * from './address.js';
export * from './constants.js';
