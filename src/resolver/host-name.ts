/** Host names as the C resolver wants them: ASCII, without NUL, of a length that a name can have. */
import { domainToASCII } from 'node:url';
import { checkText, invalidValue } from '../errors/argument.js';

/** NI_MAXHOST of <netdb.h>, less the NUL: the longest host that the resolver itself hands out. */
const LONGEST_HOST = 1024;

const ASCII = /^[\0-\x7f]*$/;

/**
 * A host as the resolver takes it. International names are converted as UTS #46 says (xn--…, by Node's
 * `domainToASCII`); numeric IPv6 hosts pass, since their `%scope` may be an interface name in any script.
 *
 * @throws {TypeError} naming `argument` when it is not a string, holds a NUL, is too long or is no possible name
 */
export function checkHost(value: unknown, argument: string): string {
  const host = toAscii(checkText(value, argument));
  if (host === undefined) throw invalidValue(argument, 'must be a valid host name', value);
  if (host.length > LONGEST_HOST) {
    throw invalidValue(argument, `must not be longer than ${LONGEST_HOST} characters`, value);
  }
  return host;
}

function toAscii(host: string): string | undefined {
  return ASCII.test(host) || host.includes(':') ? host : domainToASCII(host) || undefined;
}
