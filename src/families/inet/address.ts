import type { WithPort } from '../../address/address.js';
import type { Peer } from '../../address/driver.js';
import { checkAddress, writeFamily } from '../../address/registry.js';
import { checkInteger, checkText, invalidValue } from '../../errors/argument.js';
import { readIpv4, writeIpv4 } from '../../layout/ip-text.js';
import { zeroed } from '../../layout/small.js';
import { AF_INET } from './constants.js';
import { sockaddr_in } from './layout.js';

/** An IPv4 address and port, as returned by all calls. */
export interface InetAddress {
  /** The address family. */
  readonly family: 'inet';
  /** The IPv4 address in dotted-decimal notation: `'127.0.0.1'`. */
  readonly host: string;
  /** The port, 0 to 65535. */
  readonly port: number;
}

/** An IPv4 address and port, as accepted by all calls. */
export interface InetAddressInput {
  /** Optional; the default is the family of the socket. */
  readonly family?: 'inet' | undefined;
  /** An IPv4 address, a host name, `''` for all interfaces (`INADDR_ANY`), or `'<broadcast>'`. */
  readonly host: string;
  /**
   * The port, 0 to 65535; 0 lets the kernel choose. Raw and ping sockets do not need one, because their protocols have no
   * ports: it is 0 by default. All other sockets need one.
   */
  readonly port?: number | undefined;
}

declare module '../../address/address.js' {
  interface Families {
    inet: { address: InetAddress; input: InetAddressInput };
  }
}

/** Checks an address, except whether its host is numeric. */
export function checkInet(address: InetAddressInput): WithPort<InetAddressInput> {
  const input = checkAddress<'inet'>(address, 'inet');
  checkText(input.host, 'address.host');
  checkInteger(input.port, 'address.port', 0, 65535);
  return input as WithPort<InetAddressInput>;
}

/** Encodes struct sockaddr_in, ip(7). */
export function encodeInet(address: InetAddressInput): Uint8Array {
  const { host, port } = checkInet(address);
  const bytes = zeroed(sockaddr_in.size);
  writeFamily(bytes, AF_INET);
  bytes[sockaddr_in.sin_port] = port >> 8;
  bytes[sockaddr_in.sin_port + 1] = port;
  if (!writeIpv4(host, bytes, sockaddr_in.sin_addr)) {
    throw invalidValue('address.host', 'must be a numeric IPv4 address here', host);
  }
  return bytes;
}

export function decodeInet(bytes: Uint8Array, length: number): InetAddress | undefined {
  if (length < sockaddr_in.sin_addr + 4) return undefined;
  const port = (bytes[sockaddr_in.sin_port]! << 8) | bytes[sockaddr_in.sin_port + 1]!;
  return Object.freeze({ family: 'inet', host: readIpv4(bytes, sockaddr_in.sin_addr), port });
}

/** Formats an address: `127.0.0.1:80`. */
export function formatInet({ host, port }: InetAddress): string {
  return `${host}:${port}`;
}

export function parseInet(text: string): InetAddress | undefined {
  const match = /^([\d.]+):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[2]) > 65535) return undefined;
  if (!writeIpv4(match[1]!, new Uint8Array(4), 0)) return undefined;
  return Object.freeze({ family: 'inet', host: match[1]!, port: Number(match[2]) });
}

export function describeInet({ host, port }: InetAddressInput): Peer {
  return { address: host === '' ? '0.0.0.0' : host, port };
}
