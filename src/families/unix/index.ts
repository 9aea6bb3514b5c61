import './unix.js';

export type {
  UnixAbstractAddress,
  UnixAddress,
  UnixAddressInput,
  UnixPathAddress,
  UnixUnnamedAddress,
} from './address.js';
