import { defineFamily } from '../../address/registry.js';
import { AF_DIVERT } from './constants.js';
import { divert } from './divert.js';

defineFamily('divert', AF_DIVERT, () => divert);

export type { DivertAddress, DivertAddressInput } from './address.js';
