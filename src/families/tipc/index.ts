import { defineFamily } from '../../address/registry.js';
import { AF_TIPC } from './constants.js';
import { tipc } from './tipc.js';

defineFamily('tipc', AF_TIPC, () => tipc);

export type {
  TipcAddress,
  TipcAddressInput,
  TipcMember,
  TipcRangeAddress,
  TipcServiceAddress,
  TipcSocketAddress,
} from './address.js';
