import { SOCK_STREAM } from '../../constants/socket.js';
import * as constants from '../../families/inet/constants.js';
import { defineLevel, type Level } from '../level.js';

/** The families that TCP runs over. */
export type Inet = 'inet' | 'inet6';

/** The makers of rows of level IPPROTO_TCP. */
export const tcp: Level<typeof constants, Inet> = defineLevel({
  constants,
  level: constants.IPPROTO_TCP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM],
  protocols: [constants.IPPROTO_TCP],
  man: 'tcp(7)',
});
