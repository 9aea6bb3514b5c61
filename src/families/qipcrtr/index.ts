import './qipcrtr.js';

export type { QipcrtrAddress, QipcrtrAddressInput } from './qipcrtr.js';
