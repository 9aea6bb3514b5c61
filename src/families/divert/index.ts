import './divert.js';

export type { DivertAddress, DivertAddressInput } from './address.js';
