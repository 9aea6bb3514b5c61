import { defineFamily } from '../../address/registry.js';
import { AF_SYSTEM } from './constants.js';
import { system } from './system.js';

defineFamily('system', AF_SYSTEM, () => system);

export type {
  SystemAddress,
  SystemAddressInput,
  SystemControlAddress,
  SystemControlInput,
  SystemNameAddress,
  SystemNameInput,
} from './address.js';
