import './system.js';

export type {
  SystemAddress,
  SystemAddressInput,
  SystemControlAddress,
  SystemNameAddress,
} from './address.js';
export * from './constants.js';
