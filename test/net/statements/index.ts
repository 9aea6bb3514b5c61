import type { Statement } from '../statement.js';
import { addresses } from './addresses.js';
import { closing } from './closing.js';
import { connecting } from './connecting.js';
import { data } from './data.js';
import { errors } from './errors.js';
import { functions } from './functions.js';
import { more } from './more.js';
import { options } from './options.js';
import { servers } from './servers.js';

/** All statements, in the order of the page. */
export const statements: readonly Statement[] = [
  ...functions,
  ...servers,
  ...connecting,
  ...addresses,
  ...data,
  ...closing,
  ...options,
  ...errors,
  ...more,
];
