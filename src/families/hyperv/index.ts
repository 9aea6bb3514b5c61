import './hyperv.js';

export type { HypervAddress, HypervAddressInput } from './address.js';
export { vsockServiceId } from './guid.js';
