import { defineFamily } from '../../address/registry.js';
import { AF_HYPERV } from './constants.js';
import { hyperv } from './hyperv.js';

defineFamily('hyperv', AF_HYPERV, () => hyperv);

export type { HypervAddress, HypervAddressInput } from './address.js';
export { vsockServiceId } from './guid.js';
