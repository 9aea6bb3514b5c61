import './tipc.js';

export type {
  TipcAddress,
  TipcAddressInput,
  TipcMember,
  TipcRangeAddress,
  TipcServiceAddress,
  TipcSocketAddress,
} from './address.js';
