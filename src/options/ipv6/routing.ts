/** Options for routing, and for the addresses that can be bound. */

import { addressCodec, interfaceNetworkOrder, interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { SOCK_RAW, SOCK_STREAM } from '../../constants/socket.js';
import type { Inet6Address } from '../../families/inet6/address.js';
import { sockaddr_in6 } from '../../families/inet6/layout.js';
import { bytes } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { boolean, natural, range, rangeOrDefault } from '../../layout/numbers.js';
import { ipv6, ipv6Raw } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

/** Restricts the socket to IPv6: mapped addresses (`::ffff:…`) can be neither bound nor sent to. */
export const v6only: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_V6ONLY', boolean, {
  note: 'only before bind; the default is net.ipv6.bindv6only on Linux, true on Windows',
});

/** Converts a connected socket with a mapped address permanently to IPv4: `AF_INET`. */
export const addrform: Option<number, 'inet6'> = ipv6.readWrite('IPV6_ADDRFORM', natural, {
  note: 'the socket object still treats itself as IPv6: use detach() and Socket.adopt()',
});

/** The interface for sent unicast packets; 0 for the route’s. */
export const unicastIf: Option<number, 'inet6', InterfaceInput> = ipv6.readWrite(
  'IPV6_UNICAST_IF',
  interfaceNetworkOrder,
);

/** Allows binding to an address that does not exist (yet). */
export const freebind: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FREEBIND', boolean);

/** Allows binding to, and accepting connections for, addresses that are not local (TPROXY). */
export const transparent: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_TRANSPARENT', boolean, {
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
});

/** Receives forwarded packets that have the router alert option with this value; -1 for none. */
export const routerAlert: WriteOnlyOption<number, 'inet6'> = ipv6Raw.writeOnly(
  'IPV6_ROUTER_ALERT',
  rangeOrDefault(0, 65535),
  { note: 'only sockets of IPPROTO_RAW; on newer kernels, reading does not return the value that was set' },
);

/** Restricts `ipv6.routerAlert` to packets of the socket’s network namespace. */
export const routerAlertIsolate: Option<boolean, 'inet6'> = ipv6
  .only({ types: [SOCK_RAW] })
  .readWrite('IPV6_ROUTER_ALERT_ISOLATE', boolean, { since: '5.1' });

const addressOf: Codec<Inet6Address, never> = addressCodec(
  '{ family, host, port, flowinfo, scopeId }',
  sockaddr_in6.size,
);

/** The destination of a connection before a firewall redirected it. */
export const originalDst: ReadOnlyOption<Inet6Address, 'inet6'> = ipv6
  .only({ types: [SOCK_STREAM] })
  .readOnly('IP6T_SO_ORIGINAL_DST', addressOf, {
    man: 'iptables-extensions(8)',
    requires: 'modprobe nf_conntrack',
    note: 'ENOENT for a connection that no firewall tracks',
  });

/** The IPsec policy of the socket: a `struct xfrm_userpolicy_info` with its templates. */
export const xfrmPolicy: WriteOnlyOption<Uint8Array, 'inet6'> = ipv6.writeOnly(
  'IPV6_XFRM_POLICY',
  bytes(4096),
  {
    needs: 'CAP_NET_ADMIN',
    requires: 'modprobe xfrm_user',
  },
);

/** The IPsec policy of the socket, in the layout of PF_KEY. */
export const ipsecPolicy: WriteOnlyOption<Uint8Array, 'inet6'> = ipv6.writeOnly(
  'IPV6_IPSEC_POLICY',
  bytes(4096),
  { needs: 'CAP_NET_ADMIN', requires: 'modprobe af_key' },
);

// Options that macOS has and Linux does not.
const mac = ipv6.only({ man: 'ip6(4) of macOS' });

/** Restricts sending and receiving to one interface; 0 for all. */
export const boundIf: Option<number, 'inet6', InterfaceInput> = mac.readWrite(
  'IPV6_BOUND_IF',
  interfaceNumber,
);

/** The range from which automatic ports are chosen: one of `IP_PORTRANGE_`. */
export const portrange: Option<number, 'inet6'> = mac.readWrite('IPV6_PORTRANGE', range(0, 2));

/** Limits sent packets to the minimum MTU, 1280 bytes; -1 limits only multicast. */
export const useMinMtu: Option<number, 'inet6'> = mac.readWrite('IPV6_USE_MIN_MTU', range(-1, 1));

/** Whether temporary source addresses are preferred. */
export const preferTempaddr: Option<boolean, 'inet6'> = mac.readWrite('IPV6_PREFER_TEMPADDR', boolean);
