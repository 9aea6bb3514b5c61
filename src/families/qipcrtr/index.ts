import { defineFamily } from '../../address/registry.js';
import { AF_QIPCRTR } from './constants.js';
import { qipcrtr } from './qipcrtr.js';

defineFamily('qipcrtr', AF_QIPCRTR, () => qipcrtr);

export type { QipcrtrAddress, QipcrtrAddressInput } from './qipcrtr.js';
