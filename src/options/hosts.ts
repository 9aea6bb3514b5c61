/** Fields and codecs of hosts and interfaces, as the structures of multicast and routing have them. */
import type { SocketAddress } from '../address/address.js';
import { littleEndian } from '../address/byte-order.js';
import { interfaceIndex } from '../address/interface.js';
import { readIpv4, readIpv6, writeIpv4, writeIpv6 } from '../address/ip-text.js';
import { decodeAddress, writeFamily } from '../address/registry.js';
import { sockaddr_storage } from '../constants/layout.js';
import { checkInteger, checkText, invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { in_addr, sockaddr_in } from '../families/inet/layout.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { in6_addr, sockaddr_in6 } from '../families/inet6/layout.js';
import { type Codec, viewOf } from './codec.js';
import type { Field } from './record.js';

/** A network interface as options take it: its index, or its name. Options that are read give the index. */
export type InterfaceInput = number | string;

/** The index of an interface given by either; 0 is "the system chooses". */
export function indexOf(value: InterfaceInput, argument: string): number {
  if (typeof value === 'string') return interfaceIndex(value, argument);
  return checkInteger(value, argument, 0, 0x7fffffff);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** An IPv4 address as text. */
export function ipv4(offset: number): Field<string> {
  return {
    offset,
    size: in_addr.size,
    read: view => readIpv4(bytesOf(view), offset),
    write(view, value, argument) {
      if (!writeIpv4(checkText(value, argument), bytesOf(view), offset))
        throw invalidValue(argument, 'must be a numeric IPv4 address', value);
    },
  };
}

/** An IPv6 address as text. */
export function ipv6(offset: number): Field<string> {
  return {
    offset,
    size: in6_addr.size,
    read: view => readIpv6(bytesOf(view), offset),
    write(view, value, argument) {
      if (!writeIpv6(checkText(value, argument), bytesOf(view), offset))
        throw invalidValue(argument, 'must be a numeric IPv6 address', value);
    },
  };
}

/** The index of an interface; a name is taken too. */
export function interfaceAt(offset: number): Field<number> {
  return {
    offset,
    size: 4,
    read: view => view.getInt32(offset, littleEndian),
    write: (view, value, argument) => view.setInt32(offset, indexOf(value, argument), littleEndian),
  };
}

/** Lays out a numeric host, of either family, as the socket address it is of port 0; whether it is one. */
function writeHost(host: string, into: Uint8Array, offset: number): boolean {
  const at = into.subarray(offset, offset + sockaddr_storage.size);
  const isIpv6 = host.includes(':');
  writeFamily(at, isIpv6 ? AF_INET6 : AF_INET);
  return isIpv6 ? writeIpv6(host, at, sockaddr_in6.sin6_addr) : writeIpv4(host, at, sockaddr_in.sin_addr);
}

/** A numeric host of either family, as a `sockaddr_storage`; empty for none. */
export function hostAt(offset: number): Field<string> {
  return {
    offset,
    size: sockaddr_storage.size,
    read(view) {
      const address = decodeAddress(bytesOf(view).subarray(offset), sockaddr_storage.size);
      return address !== null && 'host' in address ? address.host : '';
    },
    write(view, value, argument) {
      if (!writeHost(checkText(value, argument), bytesOf(view), offset))
        throw invalidValue(argument, 'must be a numeric IPv4 or IPv6 address', value);
    },
  };
}

/** The index of an interface, as an `int`; a name is taken too. */
export const interfaceNumber: Codec<number, InterfaceInput> = {
  type: 'interface index (or name)',
  size: 4,
  encode(value, argument) {
    const bytes = new Uint8Array(4);
    viewOf(bytes).setInt32(0, indexOf(value, argument), littleEndian);
    return bytes;
  },
  decode: bytes => viewOf(bytes).getInt32(0, littleEndian),
};

/** The same in network order, which IP_UNICAST_IF and IPV6_UNICAST_IF want, both ways. */
export const interfaceNetworkOrder: Codec<number, InterfaceInput> = {
  ...interfaceNumber,
  encode(value, argument) {
    const bytes = new Uint8Array(4);
    viewOf(bytes).setInt32(0, indexOf(value, argument));
    return bytes;
  },
  decode: bytes => viewOf(bytes).getInt32(0),
};

/** A socket address that is only read. */
export function addressCodec<T extends SocketAddress>(type: string, size: number): Codec<T, never> {
  return {
    type,
    size,
    encode: (_, argument) => {
      throw invalidValue(argument, 'is only read', type);
    },
    decode: bytes => decodeAddress(bytes, bytes.length) as T,
  };
}
