import type { FamilyName } from '../../address/address.js';
import * as constants from '../../constants/socket.js';
import { defineLevel, type Level } from '../level.js';

type So<F extends FamilyName = FamilyName> = Level<typeof constants, F>;

/** The makers of rows of level SOL_SOCKET. */
export const so: So = defineLevel({ constants, level: constants.SOL_SOCKET, man: 'socket(7)' });

/** Of sockets within one machine. */
export const soUnix: So<'unix'> = so.only({ families: ['unix'], man: 'unix(7)' });

/** Of sockets on which messages may carry what the kernel says of their sender. */
export const soLocal: So<'unix' | 'netlink' | 'bluetooth'> = so.only({
  families: ['unix', 'netlink', 'bluetooth'],
  man: 'unix(7)',
});

/** Of the Internet protocols. */
export const soInet: So<'inet' | 'inet6'> = so.only({ families: ['inet', 'inet6'] });
