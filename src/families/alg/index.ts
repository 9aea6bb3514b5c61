import { defineFamily } from '../../address/registry.js';
import { alg } from './alg.js';
import { AF_ALG } from './constants.js';

defineFamily('alg', AF_ALG, () => alg);

export type { AlgAddress, AlgAddressInput } from './address.js';
export { type AlgOperation, algControl, sendmsgAfalg, sendmsgAfalgSync } from './operation.js';
