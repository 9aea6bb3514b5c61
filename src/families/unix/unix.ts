/** AF_UNIX: sockets within one machine. unix(7). */
import { defineFamily, type Room } from '../../address/registry.js';
import { decodeUnix, describeUnix, encodeUnix, formatUnix, parseUnix } from './address.js';
import { AF_UNIX } from './constants.js';

export const unix: Room<'unix'> = defineFamily({
  name: 'unix',
  number: AF_UNIX,
  encode: encodeUnix,
  isPure: () => true,
  decode: decodeUnix,
  format: formatUnix,
  parse: parseUnix,
  describe: describeUnix,
});
