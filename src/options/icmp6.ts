/** Options of raw ICMPv6 sockets, level IPPROTO_ICMPV6. RFC 3542. */
import { littleEndian } from '../address/byte-order.js';
import { SOCK_RAW } from '../constants/socket.js';
import { IPPROTO_ICMPV6 } from '../families/inet/constants.js';
import * as constants from '../families/inet6/constants.js';
import { icmp6_filter } from '../families/inet6/layout.js';
import { type Codec, viewOf } from './codec.js';
import { type IcmpFilter, type IcmpFilterInput, typesBlocked } from './icmp-filter.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

export type { IcmpFilter, IcmpFilterInput } from './icmp-filter.js';

const icmp6 = defineLevel({
  constants,
  level: IPPROTO_ICMPV6,
  families: ['inet6'],
  types: [SOCK_RAW],
  protocols: [IPPROTO_ICMPV6],
  man: 'RFC 3542',
});

const TYPES = 256;

/** A bit for each type, in eight words; the kernel of Linux has a bit set for what is blocked. */
const filterCodec: Codec<IcmpFilter, IcmpFilterInput> = {
  type: '{ block: types }; set also: { pass: types }',
  size: icmp6_filter.size,
  encode(value, argument) {
    const bytes = new Uint8Array(icmp6_filter.size);
    const view = viewOf(bytes);
    for (const type of typesBlocked(value, argument, TYPES)) {
      const word = (type >> 5) * 4;
      view.setUint32(word, view.getUint32(word, littleEndian) | (1 << (type & 31)), littleEndian);
    }
    return bytes;
  },
  decode(bytes) {
    const view = viewOf(bytes);
    const isBlocked = (type: number) => (view.getUint32((type >> 5) * 4, littleEndian) >>> (type & 31)) & 1;
    const block = Array.from({ length: TYPES }, (_, type) => type).filter(isBlocked);
    return Object.freeze({ block: Object.freeze(block) });
  },
};

/** Which messages are not received, by type: `{ block: […] }`, or all but these: `{ pass: […] }`. */
export const filter: Option<IcmpFilter, 'inet6', IcmpFilterInput> = icmp6.readWrite(
  'ICMP6_FILTER',
  filterCodec,
);
