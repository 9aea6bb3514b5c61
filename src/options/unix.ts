/**
 * Options of Unix sockets that only macOS has, level SOL_LOCAL. Linux has `so.peercred` and other `so` options instead.
 */
import { SOL_LOCAL } from '../constants/socket.js';
import * as constants from '../families/unix/constants.js';
import { natural } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { ReadOnlyOption } from './option.js';

const unix = defineLevel({ constants, level: SOL_LOCAL, families: ['unix'], man: 'unix(4) of macOS' });

/** The id of the peer’s process. */
export const peerpid: ReadOnlyOption<number, 'unix'> = unix.readOnly('LOCAL_PEERPID', natural);

/** The id of the process on whose behalf the peer’s process acts. */
export const peerepid: ReadOnlyOption<number, 'unix'> = unix.readOnly('LOCAL_PEEREPID', natural);
