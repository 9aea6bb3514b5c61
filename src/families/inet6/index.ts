import { defineFamily } from '../../address/registry.js';
import { AF_INET6 } from './constants.js';
import { inet6 } from './inet6.js';

defineFamily('inet6', AF_INET6, () => inet6);

export type { Inet6Address, Inet6AddressInput } from './address.js';
