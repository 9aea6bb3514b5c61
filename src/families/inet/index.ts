import { defineFamily } from '../../address/registry.js';
import { AF_INET } from './constants.js';
import { inet } from './inet.js';

defineFamily('inet', AF_INET, () => inet);

export type { InetAddress, InetAddressInput } from './address.js';
