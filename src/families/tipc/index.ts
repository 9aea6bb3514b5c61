import './tipc.js';

export type {
  TipcAddress,
  TipcAddressInput,
  TipcRangeAddress,
  TipcServiceAddress,
  TipcSocketAddress,
} from './address.js';
export * from './constants.js';
