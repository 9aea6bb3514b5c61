/** Fields with an Internet address as text. */
import { checkText, invalidValue } from '../errors/argument.js';
import { readIpv4, readIpv6, writeIpv4, writeIpv6 } from './ip-text.js';
import type { Field } from './record.js';
import { bytesOf } from './view.js';

/** A field with an IPv4 address as text. */
export function ipv4(offset: number): Field<string> {
  return {
    offset,
    size: 4,
    read: view => readIpv4(bytesOf(view), offset),
    write(view, value, argument) {
      if (!writeIpv4(checkText(value, argument), bytesOf(view), offset))
        throw invalidValue(argument, 'must be a numeric IPv4 address', value);
    },
  };
}

/** A field with an IPv6 address as text. */
export function ipv6(offset: number): Field<string> {
  return {
    offset,
    size: 16,
    read: view => readIpv6(bytesOf(view), offset),
    write(view, value, argument) {
      if (!writeIpv6(checkText(value, argument), bytesOf(view), offset))
        throw invalidValue(argument, 'must be a numeric IPv6 address', value);
    },
  };
}
