import { defineFamily } from '../../address/registry.js';
import { AF_SMC } from './constants.js';
import { smc } from './smc.js';

defineFamily('smc', AF_SMC, () => smc);

export type { SmcAddress, SmcAddressInput } from './address.js';
