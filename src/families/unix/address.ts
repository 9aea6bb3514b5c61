import type { Peer } from '../../address/driver.js';
import { checkAddress, writeFamily } from '../../address/registry.js';
import { lazy } from '../../constants/lazy.js';
import { invalidType, invalidValue } from '../../errors/argument.js';
import { checkUint8Array } from '../../layout/memory.js';
import { zeroed } from '../../layout/small.js';
import { AF_UNIX } from './constants.js';
import { sockaddr_un } from './layout.js';

/** A socket in the file system. */
export interface UnixPathAddress {
  /** The address family. */
  readonly family: 'unix';
  /** The path: a string, or bytes if it is not valid UTF-8. */
  readonly path: string | Uint8Array;
}

/**
 * A socket in Linux's abstract namespace. Its name can contain any bytes, and disappears when the last descriptor of
 * the socket is closed.
 */
export interface UnixAbstractAddress {
  /** The address family. */
  readonly family: 'unix';
  /** The name, without the leading NUL. */
  readonly abstract: Uint8Array;
}

/** A socket without a name: a socket that connected without bind(), or one of a pair. */
export interface UnixUnnamedAddress {
  /** The address family. */
  readonly family: 'unix';
  /** Always true. */
  readonly unnamed: true;
}

/** The address of a Unix socket, as returned by all calls. */
export type UnixAddress = UnixPathAddress | UnixAbstractAddress | UnixUnnamedAddress;

/** The address of a Unix socket, as accepted by all calls. */
export type UnixAddressInput =
  | { readonly family?: 'unix' | undefined; readonly path: string | Uint8Array }
  | { readonly family?: 'unix' | undefined; readonly abstract: string | Uint8Array }
  /** Only for bind(2): Linux chooses an abstract name of five hexadecimal digits (autobind, unix(7)). */
  | { readonly family?: 'unix' | undefined; readonly unnamed: true };

declare module '../../address/address.js' {
  interface Families {
    unix: { address: UnixAddress; input: UnixAddressInput };
  }
}

const MOST = sockaddr_un.sun_path_size;
const utf8 = lazy(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }));

function nameBytes(name: unknown, argument: string, most: number): Uint8Array {
  const expected = 'of type string or an instance of Uint8Array';
  const bytes =
    typeof name === 'string' ? Buffer.from(name, 'utf8') : checkUint8Array(name, argument, expected);
  if (bytes.length > most) throw invalidValue(argument, `must not be longer than ${most} bytes`, name);
  return bytes;
}

function pathBytes(path: unknown): Uint8Array {
  // All 108 bytes can be used: Linux does not need a NUL after a path that fills sun_path (unix(7), BUGS).
  const bytes = nameBytes(path, 'address.path', MOST);
  if (bytes.length === 0) throw invalidValue('address.path', 'must not be empty', path);
  if (bytes.includes(0)) throw invalidValue('address.path', 'must not contain a NUL character', path);
  return bytes;
}

/** Encodes struct sockaddr_un, unix(7). */
export function encodeUnix(address: UnixAddressInput): Uint8Array {
  const input = checkAddress<'unix'>(address, 'unix');
  if ('path' in input) return layOut(pathBytes(input.path), 0, true);
  if ('abstract' in input) return layOut(nameBytes(input.abstract, 'address.abstract', MOST - 1), 1, false);
  if ('unnamed' in input && input.unnamed === true) return layOut(new Uint8Array(0), 0, false);
  throw invalidType('address', 'an object with path, abstract or unnamed', address);
}

function layOut(name: Uint8Array, before: number, terminated: boolean): Uint8Array {
  const length = before + name.length + (terminated && name.length < MOST ? 1 : 0);
  const bytes = zeroed(sockaddr_un.sun_path + length);
  writeFamily(bytes, AF_UNIX);
  bytes.set(name, sockaddr_un.sun_path + before);
  return bytes;
}

export function decodeUnix(bytes: Uint8Array, length: number): UnixAddress | undefined {
  const name = bytes.subarray(sockaddr_un.sun_path, Math.max(sockaddr_un.sun_path, length));
  if (name.length === 0) return Object.freeze({ family: 'unix', unnamed: true });
  if (name[0] === 0) {
    if (name.length > MOST) return undefined;
    return Object.freeze({ family: 'unix', abstract: Buffer.from(name.subarray(1)) });
  }
  // The kernel adds a NUL even to a path that fills sun_path; getsockname(2) then returns a length of 111 bytes.
  const end = name.indexOf(0);
  const path = end < 0 ? name : name.subarray(0, end);
  return path.length > MOST ? undefined : Object.freeze({ family: 'unix', path: textOrBytes(path) });
}

function textOrBytes(name: Uint8Array): string | Uint8Array {
  try {
    return utf8().decode(name);
  } catch {
    return Buffer.from(name);
  }
}

/** Encodes the bytes that are not safe in a line of text as %xx. */
function toPercent(name: Uint8Array): string {
  let text = '';
  for (const byte of name) {
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x25;
    text += plain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

function fromPercent(text: string): Buffer | undefined {
  const parts = text.split(/(%[\da-f]{2})/);
  if (parts.some((part, i) => i % 2 === 0 && part.includes('%'))) return undefined;
  return Buffer.concat(
    parts.map((part, i) => (i % 2 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  );
}

/**
 * Formats an address: `unix:/run/x.sock`, `unix:@name` for the abstract namespace, `unix:` without a name. An @ at the
 * start of a path is `%40`.
 */
export function formatUnix(address: UnixAddress): string {
  if ('unnamed' in address) return 'unix:';
  if ('abstract' in address) return `unix:@${toPercent(address.abstract)}`;
  const { path } = address;
  return `unix:${toPercent(typeof path === 'string' ? Buffer.from(path) : path).replace(/^@/, '%40')}`;
}

export function parseUnix(text: string): UnixAddress | undefined {
  if (!text.startsWith('unix:')) return undefined;
  if (text === 'unix:') return Object.freeze({ family: 'unix', unnamed: true });
  const abstract = text[5] === '@';
  const name = fromPercent(text.slice(abstract ? 6 : 5));
  if (name === undefined || name.length > (abstract ? MOST - 1 : MOST)) return undefined;
  if (abstract) return Object.freeze({ family: 'unix', abstract: name });
  return name.includes(0) ? undefined : Object.freeze({ family: 'unix', path: textOrBytes(name) });
}

export function describeUnix(address: UnixAddressInput): Peer {
  if ('path' in address && typeof address.path === 'string') return { address: address.path };
  return { address: formatUnix(decodeUnixInput(address)) };
}

function decodeUnixInput(address: UnixAddressInput): UnixAddress {
  const bytes = encodeUnix(address);
  return decodeUnix(bytes, bytes.length)!;
}
