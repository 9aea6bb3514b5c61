import './qipcrtr.js';

export type { QipcrtrAddress, QipcrtrAddressInput } from './address.js';
