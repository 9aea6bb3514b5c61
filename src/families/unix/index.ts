import { defineFamily } from '../../address/registry.js';
import { AF_UNIX } from './constants.js';
import { unix } from './unix.js';

defineFamily('unix', AF_UNIX, () => unix);

export type {
  UnixAbstractAddress,
  UnixAddress,
  UnixAddressInput,
  UnixPathAddress,
  UnixUnnamedAddress,
} from './address.js';
