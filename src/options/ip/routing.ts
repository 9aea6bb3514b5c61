/** Options for routing, for the addresses and ports that can be bound, and for firewalls. */

import { addressCodec, interfaceNetworkOrder } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { SOCK_STREAM } from '../../constants/socket.js';
import { checkInteger, checkObject } from '../../errors/argument.js';
import type { InetAddress } from '../../families/inet/address.js';
import { sockaddr_in } from '../../families/inet/layout.js';
import { bytes } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, uint32 } from '../../layout/numbers.js';
import { type Inet, ip } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

/** The interface for sent unicast packets; 0 for the route’s. */
export const unicastIf: Option<number, Inet, InterfaceInput> = ip.readWrite(
  'IP_UNICAST_IF',
  interfaceNetworkOrder,
);

/** Allows binding to an address that does not exist (yet). */
export const freebind: Option<boolean, Inet> = ip.readWrite('IP_FREEBIND', boolean);

/** Allows binding to, and accepting connections for, addresses that are not local (TPROXY). */
export const transparent: Option<boolean, Inet> = ip.readWrite('IP_TRANSPARENT', boolean, {
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
});

/**
 * With port 0, chooses the port in connect() instead of bind(). Connections to different peers can then share a port.
 */
export const bindAddressNoPort: Option<boolean, Inet> = ip.readWrite('IP_BIND_ADDRESS_NO_PORT', boolean);

/** A range of ports; 0 is the system’s limit. */
export interface PortRange {
  /** The first port. */
  readonly low: number;
  /** The last port. */
  readonly high: number;
}

const portRange: Codec<PortRange> = {
  type: '{ low, high }',
  size: uint32.size,
  encode(value, argument) {
    const { low, high } = checkObject(value, argument) as PortRange;
    checkInteger(low, `${argument}.low`, 0, 65535);
    checkInteger(high, `${argument}.high`, 0, 65535);
    return uint32.encode(((high << 16) | low) >>> 0, argument);
  },
  decode(answer) {
    const both = uint32.decode(answer);
    return Object.freeze({ low: both & 0xffff, high: both >>> 16 });
  },
};

/** The range from which automatic ports are chosen. */
export const localPortRange: Option<PortRange, Inet> = ip.readWrite('IP_LOCAL_PORT_RANGE', portRange, {
  since: '6.3',
  note: 'a part of the system’s range, net.ipv4.ip_local_port_range; no effect outside it',
});

const addressOf: Codec<InetAddress, never> = addressCodec('{ family, host, port }', sockaddr_in.size);

/** The destination of a connection before a firewall redirected it. */
export const originalDst: ReadOnlyOption<InetAddress, Inet> = ip
  .only({ types: [SOCK_STREAM] })
  .readOnly('SO_ORIGINAL_DST', addressOf, {
    man: 'iptables-extensions(8)',
    requires: 'modprobe nf_conntrack',
    note: 'ENOENT for a connection that no firewall tracks',
  });

const ip4 = ip.only({ families: ['inet'] });

/** The IPsec policy of the socket: a `struct xfrm_userpolicy_info` with its templates. */
export const xfrmPolicy: WriteOnlyOption<Uint8Array, 'inet'> = ip4.writeOnly('IP_XFRM_POLICY', bytes(4096), {
  needs: 'CAP_NET_ADMIN',
  requires: 'modprobe xfrm_user',
});

/** The IPsec policy of the socket, in the layout of PF_KEY. */
export const ipsecPolicy: WriteOnlyOption<Uint8Array, 'inet'> = ip4.writeOnly(
  'IP_IPSEC_POLICY',
  bytes(4096),
  {
    needs: 'CAP_NET_ADMIN',
    requires: 'modprobe af_key',
  },
);
