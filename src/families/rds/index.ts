import './rds.js';

export type { RdsAddress, RdsAddressInput } from './address.js';
