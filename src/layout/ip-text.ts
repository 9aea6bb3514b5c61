/**
 * Converts numeric Internet addresses between text and bytes, in place. `inet_pton`, `inet_ntop` and the address codecs
 * of the inet and inet6 families use it.
 *
 * This is written in TypeScript, because calling C costs more than the conversion, and because every platform then
 * accepts and returns the same text. The rules are those of resolv/inet_pton.c and inet_ntop.c in glibc: RFC 4291
 * section 2.2. The longest run of zeros is shortened (the first of equal ones, never a single group), and the last 32
 * bits of `::1.2.3.4` and `::ffff:1.2.3.4` are written as IPv4.
 */
const DOT = 46;
const COLON = 58;
const ZERO = 48;

/** The address that was read last, and its text: one peer often opens many connections, and sends from many ports. */
let lastRead = 0;
let lastText = '0.0.0.0';

/**
 * Returns the four bytes at `offset` as `a.b.c.d`.
 *
 * @param bytes an address in network byte order
 * @param offset the position of the address, in bytes
 */
export function readIpv4(bytes: Uint8Array, offset: number): string {
  const a = bytes[offset]!;
  const b = bytes[offset + 1]!;
  const c = bytes[offset + 2]!;
  const d = bytes[offset + 3]!;
  const address = (a << 24) | (b << 16) | (c << 8) | d;
  if (address !== lastRead) {
    lastRead = address;
    lastText = `${a}.${b}.${c}.${d}`;
  }
  return lastText;
}

/**
 * Parses `text` from `start` to its end as a dotted quad: four decimal numbers without leading zeros. Returns -1 if it
 * is not one.
 */
function parseQuad(text: string, start: number): number {
  let address = 0;
  let part = -1;
  let dots = 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (part === 0) return -1;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return -1;
    } else {
      if (code !== DOT || part < 0 || ++dots > 3) return -1;
      address = address * 256 + part;
      part = -1;
    }
  }
  return part < 0 || dots !== 3 ? -1 : address * 256 + part;
}

function putQuad(address: number, into: Uint8Array, offset: number): void {
  into[offset] = address >>> 24;
  into[offset + 1] = address >>> 16;
  into[offset + 2] = address >>> 8;
  into[offset + 3] = address;
}

/**
 * Writes the numeric IPv4 address `text` as four bytes, in network byte order.
 *
 * @param text exactly `a.b.c.d`; the short forms of `inet_aton` are refused, as by `inet_pton`
 * @param into is changed only if `text` is an address
 * @param offset the position to write to, in bytes
 * @returns whether `text` is an address
 */
export function writeIpv4(text: string, into: Uint8Array, offset: number): boolean {
  const address = parseQuad(text, 0);
  if (address < 0) return false;
  putQuad(address, into, offset);
  return true;
}

/** Returns the start and the number of the zero groups to shorten, as `start * 16 + length`; 0 for none. */
function longestZeroRun(bytes: Uint8Array, offset: number): number {
  let best = 0;
  let bestLength = 1;
  let length = 0;
  for (let group = 0; group < 8; group++) {
    const at = offset + group * 2;
    length = bytes[at] === 0 && bytes[at + 1] === 0 ? length + 1 : 0;
    if (length <= bestLength) continue;
    bestLength = length;
    best = (group + 1 - length) * 16 + length;
  }
  return best;
}

/**
 * Returns whether the address is ::a.b.c.d or ::ffff:a.b.c.d (RFC 4291 section 2.5.5). :: and ::1 have longer runs of
 * zeros.
 */
function embedsIpv4(bytes: Uint8Array, offset: number, run: number): boolean {
  return run === 6 || (run === 5 && bytes[offset + 10] === 0xff && bytes[offset + 11] === 0xff);
}

/**
 * Returns the sixteen bytes at `offset` as shortened text: `fe80::1`, `::ffff:192.0.2.1`.
 *
 * @param bytes an address in network byte order
 * @param offset the position of the address, in bytes
 */
export function readIpv6(bytes: Uint8Array, offset: number): string {
  const run = longestZeroRun(bytes, offset);
  const start = run >> 4;
  const end = start + (run & 15);
  const groups = embedsIpv4(bytes, offset, run) ? 6 : 8;
  let text = '';
  for (let group = 0; group < groups; group++) {
    if (run !== 0 && group === start) text += ':';
    if (group >= start && group < end) continue;
    if (group > 0) text += ':';
    text += ((bytes[offset + group * 2]! << 8) | bytes[offset + group * 2 + 1]!).toString(16);
  }
  if (groups === 6) return `${text}:${readIpv4(bytes, offset + 12)}`;
  return end === 8 ? `${text}:` : text;
}

/** Returns the value of a hexadecimal digit, or -1. */
function hexDigit(code: number): number {
  if (code >= ZERO && code <= 57) return code - ZERO;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

// An address is assembled here and copied when it is complete, so that an invalid one does not change the caller's
// memory.
const scratch = new Uint8Array(16);

/**
 * Parses at most five hexadecimal digits of `text` from `at`. Returns their value and number, as `value * 8 + count`.
 */
function hexRun(text: string, at: number): number {
  let value = 0;
  for (let count = 0; ; count++) {
    const digit = hexDigit(text.charCodeAt(at + count));
    if (digit < 0 || count === 5) return value * 8 + count;
    value = value * 16 + digit;
  }
}

/**
 * Fills `scratch` with the groups of `text`. Returns the position of `::` (31 if there is none) and the number of
 * bytes, as `gap * 32 + length`; or -1.
 */
function parseGroups(text: string): number {
  let gap = 31;
  let length = 0;
  if (text.charCodeAt(0) === COLON && text.charCodeAt(1) !== COLON) return -1;
  for (let at = text.charCodeAt(0) === COLON ? 1 : 0; at < text.length; at++) {
    const run = hexRun(text, at);
    const digits = run & 7;
    const next = text.charCodeAt(at + digits);
    if (next === DOT) {
      const quad = length > 12 ? -1 : parseQuad(text, at);
      if (quad < 0) return -1;
      putQuad(quad, scratch, length);
      return gap * 32 + length + 4;
    }
    if (digits === 0) {
      if (next !== COLON || gap !== 31) return -1;
      gap = length;
      continue;
    }
    if (digits > 4 || length > 14) return -1;
    scratch[length++] = run >> 11;
    scratch[length++] = run >> 3;
    at += digits;
    if (at < text.length && (next !== COLON || at + 1 === text.length)) return -1;
  }
  return gap * 32 + length;
}

/**
 * Writes the numeric IPv6 address `text` as sixteen bytes, in network byte order.
 *
 * @param text any form of RFC 4291 section 2.2, without brackets and without `%scope`
 * @param into is changed only if `text` is an address
 * @param offset the position to write to, in bytes
 * @returns whether `text` is an address
 */
export function writeIpv6(text: string, into: Uint8Array, offset: number): boolean {
  const parsed = parseGroups(text);
  if (parsed < 0) return false;
  const gap = parsed >> 5;
  const length = parsed & 31;
  if (gap === 31 ? length !== 16 : length === 16) return false;
  const head = Math.min(gap, length);
  const tail = length - head;
  for (let i = 0; i < head; i++) into[offset + i] = scratch[i]!;
  into.fill(0, offset + head, offset + 16 - tail);
  for (let i = 0; i < tail; i++) into[offset + 16 - tail + i] = scratch[head + i]!;
  return true;
}

/** A number as strtoul(3) with base 0 reads it: hexadecimal with `0x`, octal with `0`, otherwise decimal. */
const NUMBER = /0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*/y;

/** The maximum of the last of `count` numbers, which fills the remaining bytes. */
const LAST_NUMBER_MAX = [0xffffffff, 0xffffff, 0xffff, 0xff];

/** Parses an address in any form of inet_aton(3), or returns -1. Text after white space is ignored. */
export function parseAton(text: string): number {
  let address = 0;
  NUMBER.lastIndex = 0;
  for (let count = 0; count < 4; count++) {
    const match = NUMBER.exec(text);
    if (match === null) return -1;
    const [digits] = match;
    const octal = digits.length > 1 && /^0[0-7]/.test(digits);
    const value = octal ? Number.parseInt(digits, 8) : Number(digits);
    const next = text[NUMBER.lastIndex];
    if (next !== '.') {
      const ends = next === undefined || /[ \t-\r]/.test(next);
      return ends && value <= LAST_NUMBER_MAX[count]! ? address + value : -1;
    }
    if (value > 0xff) return -1;
    address += value * 256 ** (3 - count);
    NUMBER.lastIndex++;
  }
  return -1;
}
