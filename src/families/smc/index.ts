import './smc.js';

export type { SmcAddress, SmcAddressInput } from './address.js';
