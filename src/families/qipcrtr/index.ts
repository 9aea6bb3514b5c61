import './qipcrtr.js';

export * from './constants.js';
export type { QipcrtrAddress, QipcrtrAddressInput } from './qipcrtr.js';
