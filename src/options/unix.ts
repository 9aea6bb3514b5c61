/** Options of Unix sockets of their own, level SOL_LOCAL, which macOS has; those that Linux has are `so.peercred` and its kin. */
import { SOL_LOCAL } from '../constants/socket.js';
import * as constants from '../families/unix/constants.js';
import { natural } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { ReadOnlyOption } from './option.js';

const unix = defineLevel({ constants, level: SOL_LOCAL, families: ['unix'], man: 'unix(4) of macOS' });

/** The process at the other end. */
export const peerpid: ReadOnlyOption<number, 'unix'> = unix.readOnly('LOCAL_PEERPID', natural);

/** The process that the one at the other end works for. */
export const peerepid: ReadOnlyOption<number, 'unix'> = unix.readOnly('LOCAL_PEEREPID', natural);
