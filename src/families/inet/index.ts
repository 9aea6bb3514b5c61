import './inet.js';

export type * from './address.js';
export * from './constants.js';
