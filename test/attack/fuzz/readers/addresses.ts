/** Addresses of every family: the bytes of a `sockaddr`, the text, and numeric addresses. */
import assert from 'node:assert/strict';
import { isIPv4, isIPv6 } from 'node:net';
import '#src/families/index.js';
import * as berkeley from 'berkeley';
import { AF_INET, AF_INET6, formatAddress, parseAddress, type SocketAddress } from 'berkeley';
import fc from 'fast-check';
import { decodeAddress, driverNamed, driverOf, writeFamily } from '#src/address/registry.js';
import { bytes } from '../bytes.js';
import { isRefusal, type Placed, placed, read } from '../poison.js';
import { assertEqual, assertRereads, assertRoundTrip } from '../round-trip.js';
import { type Target, target } from '../target.js';

/** Longer than `sockaddr_storage`, because a program can pass such bytes. */
const LONGEST = 140;

const families = new Set(
  Object.entries(berkeley).flatMap(([name, value]) =>
    /^AF_/.test(name) && typeof value === 'number' && value >= 0 ? [value] : [],
  ),
);

function checkText(address: SocketAddress): void {
  const text = formatAddress(address);
  assert.ok(!/[\n\r\0]/.test(text), 'the text is one line');
  assertRoundTrip(address, formatAddress, parseAddress);
}

/** The address that the driver of its family writes is read as the same address. */
function checkEncoding(address: SocketAddress, number: number): void {
  const driver = address.family === 'unknown' ? driverOf(0xffff) : driverNamed(address.family)!;
  assertRereads(
    address,
    value => driver.encode(value as never),
    written => decodeAddress(written, written.length, driverOf(number)),
  );
}

/** The kernel writes an address into memory for the longest one. */
const BEHIND = 64;

function checkSockaddr(number: number, { bytes, at }: Placed): void {
  const own = driverOf(number);
  const decode = (memory: Buffer, length: number) => {
    if (length >= 2) assert.equal(memory.readUInt16LE(0), number);
    return decodeAddress(memory, length, own);
  };
  const address = read(decode, { bytes, at });
  assertEqual(read(decode, { bytes, at }, BEHIND), address, 'the same in memory that is larger');
  assert.equal(address === null, bytes.length === 0);
  if (address === null) return;
  assert.ok(address !== undefined && Object.isFrozen(address), 'a frozen address');
  checkText(address);
  checkEncoding(address, number);
}

const ofFamily = (number: number) =>
  placed(
    bytes(LONGEST).map(some => {
      const sockaddr = Uint8Array.from(some);
      if (sockaddr.length >= 2) writeFamily(sockaddr, number);
      return sockaddr;
    }),
  );

/** Text that is nearly an address: pieces of addresses in any order. */
const piece = fc.oneof(
  fc.constantFrom(
    ':',
    '::',
    '.',
    '%',
    '[',
    ']',
    '-',
    '/',
    ',',
    '@',
    '1',
    '0',
    '255',
    'ffff',
    'fe80',
    'lo',
    'x',
  ),
  fc.constantFrom(
    'unix:',
    'netlink:',
    'vsock:',
    'can:',
    'packet:',
    'tipc:',
    'alg:',
    'hci:',
    'unknown:',
    '\\x00',
  ),
  fc.nat(70_000).map(String),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const nearlyAddress = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));

/** Text is refused, or it is the text of an address. */
function checkParsed(text: string): void {
  let address: SocketAddress;
  try {
    address = parseAddress(text);
  } catch (error) {
    assert.ok(isRefusal(error), (error as Error).stack);
    return;
  }
  checkText(address);
}

/** Whether a parser of numeric addresses accepts a text. */
function accepts(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    assert.ok(isRefusal(error), (error as Error).stack);
    return false;
  }
}

/** Numeric addresses are those that Node.js takes for numeric addresses without a scope. */
function checkNumeric(text: string): void {
  assert.equal(
    accepts(one => berkeley.inet_pton(AF_INET, one), text),
    isIPv4(text),
    'IPv4',
  );
  const isWhole = isIPv6(text) && !text.includes('%');
  assert.equal(
    accepts(one => berkeley.inet_pton(AF_INET6, one), text),
    isWhole,
    'IPv6',
  );
}

function checkPacked(raw: Uint8Array): void {
  const family = raw.length === 4 ? AF_INET : AF_INET6;
  assertRoundTrip(
    Buffer.from(raw),
    packed => berkeley.inet_ntop(family, packed),
    text => berkeley.inet_pton(family, text),
  );
  if (raw.length === 4) assertRoundTrip(Buffer.from(raw), berkeley.inet_ntoa, berkeley.inet_aton);
}

const separators = fc.constantFrom('.', ':', '::', '%');
const digits = fc.oneof(
  fc.nat(300).map(String),
  fc.nat(0x1ffff).map(value => value.toString(16)),
  fc.constantFrom('', '00', '0x1', '٣', '１', ' 1', '1\0', 'G', '%1', '-1'),
);
const nearlyNumeric = fc
  .array(fc.tuple(digits, separators), { maxLength: 9 })
  .chain(parts => digits.map(last => parts.flat().join('') + last));

function checkLong(value: number): void {
  assert.equal(berkeley.ntohl(berkeley.htonl(value)), value);
  assertEqual(berkeley.ntohs(berkeley.htons(value & 0xffff)), value & 0xffff, 'htons');
}

/** The targets. */
export const addresses: readonly Target[] = [
  ...[...families].map(number =>
    target(
      `address of family ${number}`,
      ofFamily(number),
      input => checkSockaddr(number, input as Placed),
      4,
    ),
  ),
  target('text of addresses', nearlyAddress, checkParsed, 8),
  target('text of numeric addresses', fc.oneof(nearlyNumeric, fc.ipV4(), fc.ipV6()), checkNumeric, 8),
  target(
    'packed numeric addresses',
    fc.oneof(bytes(4), bytes(16)).map(some => {
      const packed = new Uint8Array(some.length > 4 ? 16 : 4);
      packed.set(some);
      return packed;
    }),
    checkPacked,
    4,
  ),
  target('numbers in network byte order', fc.nat(0xffffffff), checkLong),
];
