/** Options of raw ICMP sockets, level SOL_RAW. raw(7). */
import { SOCK_RAW, SOL_RAW } from '../constants/socket.js';
import * as constants from '../families/inet/constants.js';
import { type IcmpFilter, type IcmpFilterInput, icmpFilter } from './icmp-filter.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

export type { IcmpFilter, IcmpFilterInput } from './icmp-filter.js';

const icmp = defineLevel({
  constants,
  level: SOL_RAW,
  families: ['inet'],
  types: [SOCK_RAW],
  protocols: [constants.IPPROTO_ICMP],
  man: 'raw(7)',
});

/** The filter has a bit for each of the first types; the others always pass. */
const TYPES = 32;

/** Which messages are not received, by type, 0 to 31: `{ block: […] }`, or all but these: `{ pass: […] }`. */
export const filter: Option<IcmpFilter, 'inet', IcmpFilterInput> = icmp.readWrite(
  'ICMP_FILTER',
  icmpFilter(TYPES),
);
