import { checkAddress } from '../../address/registry.js';
import { checkInteger, checkText, invalidValue } from '../../errors/argument.js';
import { readIpv4, writeIpv4 } from '../../layout/ip-text.js';
import { joinFields, numberField, splitFields } from '../../layout/text-fields.js';
import { viewOf } from '../../layout/view.js';
import { sockaddr_in } from './layout.js';

/**
 * The origin of a diverted packet, as returned by all calls. Send the packet to this address to continue its
 * processing.
 *
 * @experimental
 */
export interface DivertAddress {
  /** The address family. */
  readonly family: 'divert';
  /** On a socket, the port in the firewall's rule. On a packet, the number of the rule. */
  readonly port: number;
  /** The address of the interface that received the packet; `'0.0.0.0'` for an outgoing packet. */
  readonly host: string;
  /** The name of this interface; `''` if the kernel does not return one. */
  readonly interface: string;
}

/**
 * An address argument of a socket of this family.
 *
 * @experimental
 */
export interface DivertAddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'divert' | undefined;
  /** The port, 0 to 65535. */
  readonly port: number;
  /** An IPv4 address. The default is `'0.0.0.0'`, for an outgoing packet. */
  readonly host?: string | undefined;
  /** The name of the interface, at most 7 bytes; `''` by default. */
  readonly interface?: string | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    divert: { address: DivertAddress; input: DivertAddressInput };
  }
}

const ANY = '0.0.0.0';
/** The longest name. The kernel ignores a name without a terminating NUL. */
const LONGEST_NAME = sockaddr_in.sin_zero_size - 1;

/**
 * Encodes struct sockaddr_in, divert(4). Only FreeBSD has the family, so the numbers are FreeBSD's on every platform.
 */
export function encodeDivert(address: DivertAddressInput): Uint8Array {
  const { port, host = ANY, interface: name = '' } = checkAddress<'divert'>(address, 'divert');
  const bytes = new Uint8Array(sockaddr_in.size);
  bytes[sockaddr_in.sin_len] = sockaddr_in.size;
  bytes[sockaddr_in.sin_family] = sockaddr_in.AF_INET;
  viewOf(bytes).setUint16(sockaddr_in.sin_port, checkInteger(port, 'address.port', 0, 65535), false);
  if (!writeIpv4(checkText(host, 'address.host'), bytes, sockaddr_in.sin_addr)) {
    throw invalidValue('address.host', 'must be a numeric IPv4 address', host);
  }
  if (!isName(checkText(name, 'address.interface'))) {
    throw invalidValue('address.interface', `must have at most ${LONGEST_NAME} bytes`, name);
  }
  bytes.set(Buffer.from(name, 'latin1'), sockaddr_in.sin_zero);
  return bytes;
}

function isName(name: string): boolean {
  const isBytes = Buffer.from(name, 'latin1').toString('latin1') === name;
  return isBytes && !name.includes('\0') && name.length <= LONGEST_NAME;
}

export function decodeDivert(bytes: Uint8Array, length: number): DivertAddress | undefined {
  if (length < sockaddr_in.sin_addr + 4) return undefined;
  const view = viewOf(bytes, length);
  const end = sockaddr_in.sin_zero + sockaddr_in.sin_zero_size;
  const hidden = Buffer.from(bytes.subarray(sockaddr_in.sin_zero, Math.min(length, end)));
  const name = hidden.toString('latin1', 0, Math.max(0, hidden.indexOf(0)));
  return make(
    view.getUint16(sockaddr_in.sin_port, false),
    readIpv4(bytes, sockaddr_in.sin_addr),
    isName(name) ? name : '',
  );
}

/** Formats an address: `divert:8668`, or with host and interface `divert:100:192.0.2.1:em0`. */
export function formatDivert({ port, host = ANY, interface: name = '' }: DivertAddressInput): string {
  return host === ANY && name === '' ? joinFields('divert', port) : joinFields('divert', port, host, name);
}

export function parseDivert(text: string): DivertAddress | undefined {
  const [field, host = ANY, name = ''] = splitFields(text, 'divert', 1, 3) ?? [];
  const port = numberField(field, 65535);
  if (port === undefined || !writeIpv4(host, new Uint8Array(4), 0) || !isName(name)) return undefined;
  return make(port, host, name);
}

function make(port: number, host: string, name: string): DivertAddress {
  return Object.freeze({ family: 'divert', port, host, interface: name });
}
