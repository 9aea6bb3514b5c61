/** Options of shared memory communications, level SOL_SMC. */
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

/** Whether new connections leave the handshake of SMC out, and are plain TCP, while there are too many at once. */
export const limitHs: Option<boolean, 'smc'> = smc.readWrite('SMC_LIMIT_HS', boolean, { since: '5.18' });
