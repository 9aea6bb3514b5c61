import { AF_INET } from '../families/inet/constants.js';
import { readIpv4, readIpv6 } from '../layout/ip-text.js';
import { littleEndian } from '../layout/view.js';

/** The names and addresses of a host: the `struct hostent` of gethostbyname(3). */
export interface HostEntry {
  /** The host's official name. */
  readonly hostname: string;
  /** The host's other names. */
  readonly aliases: readonly string[];
  /** The numeric addresses, all of one family. */
  readonly addresses: readonly string[];
}

/** Reads an answer of gethostbyname or gethostbyaddr: native/core/resolve.h describes the layout. */
export function readHostEntry(bytes: Buffer): HostEntry {
  const family = littleEndian ? bytes.readInt32LE(0) : bytes.readInt32BE(0);
  // The list ends with an empty name. Only the first name could be empty too.
  const namesEnd = bytes.indexOf('\0\0', 4);
  const [hostname = '', ...aliases] = bytes.toString('utf8', 4, namesEnd).split('\0');
  const addresses: string[] = [];
  const [size, read] = family === AF_INET ? [4, readIpv4] : [16, readIpv6];
  for (let at = (namesEnd + 5) & ~3; at < bytes.length; at += size) addresses.push(read(bytes, at));
  return Object.freeze({
    hostname,
    aliases: Object.freeze(aliases),
    addresses: Object.freeze(addresses),
  });
}
