/** The checksum of the Internet protocols: RFC 1071. */
import { checkInteger, checkObject, checkText, invalidValue, isRevoked } from '../errors/argument.js';
import { checkOptionsObject } from '../errors/options.js';
import { writeIpv4, writeIpv6 } from './ip-text.js';
import { toWritable, type WritableBytes } from './memory.js';

/** The addresses and the protocol that a checksum of UDP, TCP or ICMPv6 covers: RFC 768, RFC 8200 section 8.1. */
export interface PseudoHeader {
  /** The numeric source address. */
  readonly source: string;
  /** The numeric destination address, of the same family. */
  readonly destination: string;
  /** The protocol: `IPPROTO_UDP`, … */
  readonly protocol: number;
  /** The length of the packet without its IP header, in bytes; that of the data by default. */
  readonly length?: number | undefined;
}

/** The options of {@link internetChecksum}. */
export interface InternetChecksumOptions {
  /** A sum to start with: the complement (`~sum & 0xffff`) of another part's checksum; 0 by default. */
  readonly initial?: number | undefined;
  /** The pseudo-header, which the checksum covers too. */
  readonly pseudoHeader?: PseudoHeader | undefined;
}

/**
 * Computes the checksum of IP, ICMP, UDP and TCP: the complement of the one's complement sum of all 16-bit words.
 *
 * ```ts
 * icmp.writeUInt16BE(internetChecksum(icmp), 2); // the field is 0 before
 * udp.writeUInt16BE(internetChecksum([header, data], { pseudoHeader: { source, destination, protocol: IPPROTO_UDP } }), 6);
 * ```
 *
 * If the data contains a correct checksum, the result is 0. UDP sends 0xffff for a checksum of 0, which means "none" there.
 *
 * @param data the bytes, or several parts that follow each other; parts can have any length
 * @param options `initial`, `pseudoHeader`
 * @returns the checksum, to be written with `writeUInt16BE()`
 * @throws TypeError or RangeError naming the argument
 * @see RFC 1071
 */
export function internetChecksum(
  data: WritableBytes | readonly WritableBytes[],
  options: InternetChecksumOptions = {},
): number {
  const parts = partsOf(data);
  checkOptionsObject(options, ['initial', 'pseudoHeader'], 'options');
  const { initial = 0, pseudoHeader } = options;
  const length = parts.reduce((total, part) => total + part.length, 0);
  let sum = checkInteger(initial, 'options.initial', 0, 0xffffffff);
  if (pseudoHeader !== undefined) sum += sumOfPseudoHeader(pseudoHeader, length);
  sum += sumOfParts(parts);
  // A fold can carry again. The sum can have more than 32 bits, so that bit operators would truncate it.
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function partsOf(data: WritableBytes | readonly WritableBytes[]): Uint8Array[] {
  if (isRevoked(data) || !Array.isArray(data)) return [toWritable(data as WritableBytes, 'data')];
  return Array.from(data as readonly WritableBytes[], (part, i) => toWritable(part, `data[${i}]`));
}

/** Adds the 16-bit words. The second half of a word can be in the next part. */
function sumOfParts(parts: readonly Uint8Array[]): number {
  let sum = 0;
  let isOdd = false;
  for (const part of parts) {
    let at = 0;
    if (isOdd && part.length > 0) {
      sum += part[at++]!;
      isOdd = false;
    }
    for (; at + 1 < part.length; at += 2) sum += (part[at]! << 8) | part[at + 1]!;
    if (at < part.length) {
      sum += part[at]! << 8;
      isOdd = true;
    }
  }
  return sum;
}

function sumOfPseudoHeader(header: PseudoHeader, total: number): number {
  const name = 'options.pseudoHeader';
  checkOptionsObject(checkObject(header, name), ['source', 'destination', 'protocol', 'length'], name);
  const { source, destination, protocol, length = total } = header;
  const from = addressBytes(source, `${name}.source`);
  const to = addressBytes(destination, `${name}.destination`);
  if (to.length !== from.length)
    throw invalidValue(`${name}.destination`, 'must have the family of the source', destination);
  checkInteger(protocol, `${name}.protocol`, 0, 0xff);
  checkInteger(length, `${name}.length`, 0, from.length === 4 ? 0xffff : 0xffffffff);
  return sumOfParts([from, to]) + protocol + (length % 0x10000) + Math.floor(length / 0x10000);
}

function addressBytes(text: unknown, argument: string): Uint8Array {
  const address = checkText(text, argument);
  const bytes = new Uint8Array(16);
  if (writeIpv6(address, bytes, 0)) return bytes;
  if (writeIpv4(address, bytes, 0)) return bytes.subarray(0, 4);
  throw invalidValue(argument, 'must be a numeric IPv4 or IPv6 address', text);
}
