import './hyperv.js';

export type { HypervAddress, HypervAddressInput } from './address.js';
export * from './constants.js';
export { vsockServiceId } from './guid.js';
