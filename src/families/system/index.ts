import './system.js';

export type {
  SystemAddress,
  SystemAddressInput,
  SystemControlAddress,
  SystemControlInput,
  SystemNameAddress,
  SystemNameInput,
} from './address.js';
