import './inet.js';

export type { InetAddress, InetAddressInput } from './address.js';
export * from './constants.js';
export * from './sctp.js';
