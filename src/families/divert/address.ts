import { checkAddress } from '../../address/registry.js';
import { checkInteger, checkText, invalidValue } from '../../errors/argument.js';
import { readIpv4, writeIpv4 } from '../../layout/ip-text.js';
import { joinFields, numberField, splitFields } from '../../layout/text-fields.js';
import { viewOf } from '../../layout/view.js';
import { sockaddr_in } from './layout.js';

/** Where a diverted packet came from, as every call returns it. Sent back as it is, the packet goes on from there. */
export interface DivertAddress {
  /** Which family it is of. */
  readonly family: 'divert';
  /** Of the socket: the port that the firewall's rule names. Of a packet: what marks that rule. */
  readonly port: number;
  /** The address of the interface that received it; `'0.0.0.0'` of a packet that is going out. */
  readonly host: string;
  /** That interface's name; `''` where the kernel says none. */
  readonly interface: string;
}

/** The same, as every call takes it. */
export interface DivertAddressInput {
  /** May be left out. */
  readonly family?: 'divert' | undefined;
  /** 0 to 65535. */
  readonly port: number;
  /** Dotted decimal; `'0.0.0.0'`, for a packet that is to go out, by default. */
  readonly host?: string | undefined;
  /** At most 7 bytes; `''` by default. */
  readonly interface?: string | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    divert: { address: DivertAddress; input: DivertAddressInput };
  }
}

const ANY = '0.0.0.0';
/** The kernel takes no name from a field without a NUL. */
const LONGEST_NAME = sockaddr_in.sin_zero_size - 1;

/** struct sockaddr_in, divert(4). FreeBSD alone has the family, so its numbers are FreeBSD's own wherever this runs. */
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

/** `divert:8668`; with what else there is, `divert:100:192.0.2.1:em0`. */
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
