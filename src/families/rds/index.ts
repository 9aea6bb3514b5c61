import './rds.js';

export * from './constants.js';
export type { RdsAddress, RdsAddressInput } from './rds.js';
