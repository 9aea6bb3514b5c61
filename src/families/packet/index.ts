import './packet.js';

export type * from './address.js';
export * from './constants.js';
