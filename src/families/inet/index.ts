import './inet.js';

export type { InetAddress, InetAddressInput } from './address.js';
