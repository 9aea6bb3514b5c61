/** Host names for the C resolver: ASCII, without NUL, of limited length. */
import { domainToASCII } from 'node:url';
import { checkText, invalidValue } from '../errors/argument.js';

/** NI_MAXHOST of <netdb.h> without the NUL: the longest host that the resolver returns. */
const LONGEST_HOST = 1024;

const ASCII = /^[\0-\x7f]*$/;

/**
 * Checks a host and converts it for the resolver. International names are converted to ASCII (xn--…, UTS #46) with Node's
 * `domainToASCII`. Numeric IPv6 hosts stay the same, since their `%scope` can be an interface name in any script.
 *
 * @throws {TypeError} naming `argument` if it is not a string, contains a NUL, is too long or is not a valid name
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
