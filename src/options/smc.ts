/** Options of SMC (shared memory communications), level SOL_SMC. */
import { SOL_SMC } from '../constants/socket.js';
import * as constants from '../families/smc/constants.js';
import { boolean } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const smc = defineLevel({
  constants,
  level: SOL_SMC,
  families: ['smc'],
  man: 'Documentation/networking/smc-sysctl.rst',
});

/** Whether new connections skip the SMC handshake and use plain TCP while too many connections are being made. */
export const limitHs: Option<boolean, 'smc'> = smc.readWrite('SMC_LIMIT_HS', boolean, { since: '5.18' });
