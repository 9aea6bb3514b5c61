/** Options of raw ICMP sockets, level SOL_RAW. raw(7). */
import { SOCK_RAW, SOL_RAW } from '../constants/socket.js';
import * as constants from '../families/inet/constants.js';
import { type Codec, uint32 } from './codec.js';
import { type IcmpFilter, type IcmpFilterInput, typesBlocked } from './icmp-filter.js';
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

const filterCodec: Codec<IcmpFilter, IcmpFilterInput> = {
  type: '{ block: types }; set also: { pass: types }',
  size: uint32.size,
  encode(value, argument) {
    const mask = typesBlocked(value, argument, TYPES).reduce((bits, type) => bits | (1 << type), 0);
    return uint32.encode(mask >>> 0, argument);
  },
  decode(bytes) {
    const mask = uint32.decode(bytes);
    const block = Array.from({ length: TYPES }, (_, type) => type).filter(type => (mask >>> type) & 1);
    return Object.freeze({ block: Object.freeze(block) });
  },
};

/** Which messages are not received, by type, 0 to 31: `{ block: […] }`, or all but these: `{ pass: […] }`. */
export const filter: Option<IcmpFilter, 'inet', IcmpFilterInput> = icmp.readWrite('ICMP_FILTER', filterCodec);
