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

/** The filter has one bit per type for the first 32 types. Other types always pass. */
const TYPES = 32;

/** The message types, 0 to 31, that are blocked: `{ block: […] }`, or the only ones that pass: `{ pass: […] }`. */
export const filter: Option<IcmpFilter, 'inet', IcmpFilterInput> = icmp.readWrite(
  'ICMP_FILTER',
  icmpFilter(TYPES),
);
