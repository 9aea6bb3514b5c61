import type { Room } from '../room.js';
import { errno } from './errno.js';
import { inet } from './inet.js';
import { inet6 } from './inet6.js';
import { resolver } from './resolver.js';
import { socket } from './socket.js';
import { unix } from './unix.js';

/** The rooms that have generated files of their own. */
export const rooms: readonly Room[] = [socket, inet, inet6, unix, resolver];

/** All that is asked of the compilers. */
export const everyRoom: readonly Room[] = [...rooms, errno];
