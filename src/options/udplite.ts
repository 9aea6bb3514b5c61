/** Options of UDP-Lite, level IPPROTO_UDPLITE. udplite(7). */
import { SOCK_DGRAM } from '../constants/socket.js';
import * as constants from '../families/inet/constants.js';
import { range } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const udplite = defineLevel({
  constants,
  level: constants.IPPROTO_UDPLITE,
  families: ['inet', 'inet6'],
  types: [SOCK_DGRAM],
  protocols: [constants.IPPROTO_UDPLITE],
  man: 'udplite(7)',
});

const NOTE = 'Linux replaces 1 to 7 with 8; Linux removed UDP-Lite in 7.1';

/** The checksum coverage of sent datagrams, in bytes including the header; 0 for all. */
export const sendCscov: Option<number, 'inet' | 'inet6'> = udplite.readWrite(
  'UDPLITE_SEND_CSCOV',
  range(0, 65535),
  { note: NOTE },
);

/** The minimum checksum coverage that received datagrams must have, in bytes; 0 for all. */
export const recvCscov: Option<number, 'inet' | 'inet6'> = udplite.readWrite(
  'UDPLITE_RECV_CSCOV',
  range(0, 65535),
  { note: NOTE },
);
