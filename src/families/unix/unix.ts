/** AF_UNIX: sockets for communication on one machine. unix(7). */
import type { FamilyDriver } from '../../address/driver.js';
import { decodeUnix, describeUnix, encodeUnix, formatUnix, parseUnix } from './address.js';
import { adviseUnix } from './advice.js';
import { AF_UNIX } from './constants.js';
import { sockaddr_un } from './layout.js';

export const unix: FamilyDriver<'unix'> = {
  name: 'unix',
  number: AF_UNIX,
  advise: failure => adviseUnix(failure),
  encode: encodeUnix,
  isPure: () => true,
  longestName: sockaddr_un.size,
  decode: decodeUnix,
  format: formatUnix,
  parse: parseUnix,
  describe: describeUnix,
};
