import './inet.js';

export type * from './address.js';
export * from './constants.js';
export * from './sctp.js';
