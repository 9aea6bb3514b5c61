import { defineFamily } from '../../address/registry.js';
import { AF_RDS } from './constants.js';
import { rds } from './rds.js';

defineFamily('rds', AF_RDS, () => rds);

export type { RdsAddress, RdsAddressInput } from './rds.js';
