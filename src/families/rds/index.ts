import './rds.js';

export type { RdsAddress, RdsAddressInput } from './rds.js';
