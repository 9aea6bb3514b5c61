import './inet6.js';

export type { Inet6Address, Inet6AddressInput } from './address.js';
