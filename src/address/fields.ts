/** Fields of structures that contain a socket address, a host or an interface, and codecs for such values. */
import { sockaddr_storage } from '../constants/layout.js';
import { checkText, invalidValue } from '../errors/argument.js';
import { AF_INET } from '../families/inet/constants.js';
import { sockaddr_in } from '../families/inet/layout.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { sockaddr_in6 } from '../families/inet6/layout.js';
import type { Codec } from '../layout/codec.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import { type Field, single } from '../layout/record.js';
import { bytesOf, littleEndian, viewOf } from '../layout/view.js';
import type { SocketAddress } from './address.js';
import { type InterfaceInput, resolveInterface } from './interface.js';
import { decodeAddress, writeFamily } from './registry.js';

/** A field with the index of an interface. A name is accepted too. */
export function interfaceAt(offset: number): Field<number, InterfaceInput> {
  return {
    offset,
    size: 4,
    read: view => view.getInt32(offset, littleEndian),
    write: (view, value, argument) => view.setInt32(offset, resolveInterface(value, argument), littleEndian),
  };
}

/** Encodes a numeric IPv4 or IPv6 host as a socket address with port 0. Returns whether the host is valid. */
function writeHost(host: string, into: Uint8Array, offset: number): boolean {
  const at = into.subarray(offset, offset + sockaddr_storage.size);
  const isIpv6 = host.includes(':');
  writeFamily(at, isIpv6 ? AF_INET6 : AF_INET);
  return isIpv6 ? writeIpv6(host, at, sockaddr_in6.sin6_addr) : writeIpv4(host, at, sockaddr_in.sin_addr);
}

/** A field with a numeric host of either family, as a `sockaddr_storage`; empty for none. */
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

/** The codec of an interface index, as an `int`. A name is accepted too. */
export const interfaceNumber: Codec<number, InterfaceInput> = single(
  'interface index (or name)',
  interfaceAt(0),
);

/**
 * The codec of an interface index in network byte order, which IP_UNICAST_IF and IPV6_UNICAST_IF use for reading and
 * setting.
 */
export const interfaceNetworkOrder: Codec<number, InterfaceInput> = {
  ...interfaceNumber,
  encode(value, argument) {
    const bytes = new Uint8Array(4);
    viewOf(bytes).setInt32(0, resolveInterface(value, argument));
    return bytes;
  },
  decode: bytes => viewOf(bytes).getInt32(0),
};

/** A codec for a socket address that can only be read. */
export function addressCodec<T extends SocketAddress>(type: string, size: number): Codec<T, never> {
  return {
    type,
    size,
    encode: (_, argument) => {
      throw invalidValue(argument, 'can only be read', type);
    },
    decode: bytes => decodeAddress(bytes, bytes.length) as T,
  };
}
