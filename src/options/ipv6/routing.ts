/** Which way packets take, and which addresses may be bound. */

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

/** Refuses IPv4 on this socket: it neither sends to nor is bound for mapped addresses (`::ffff:…`). */
export const v6only: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_V6ONLY', boolean, {
  note: 'before bind alone; the default is net.ipv6.bindv6only on Linux, true on Windows',
});

/** Makes a connected socket of a mapped address one of IPv4, for good: `AF_INET`. */
export const addrform: Option<number, 'inet6'> = ipv6.readWrite('IPV6_ADDRFORM', natural, {
  note: 'the socket object goes on as one of IPv6: detach() and Socket.from() it',
});

/** The interface that unicast leaves by; 0 for the route’s. */
export const unicastIf: Option<number, 'inet6', InterfaceInput> = ipv6.readWrite(
  'IPV6_UNICAST_IF',
  interfaceNetworkOrder,
);

/** Binds an address that does not exist (yet). */
export const freebind: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_FREEBIND', boolean);

/** Binds and accepts for addresses that are not this machine’s (TPROXY). */
export const transparent: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_TRANSPARENT', boolean, {
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
});

/** Receives packets to be forwarded that carry the router alert option of this value; -1 for none. */
export const routerAlert: WriteOnlyOption<number, 'inet6'> = ipv6Raw.writeOnly(
  'IPV6_ROUTER_ALERT',
  rangeOrDefault(0, 65535),
  { note: 'sockets of IPPROTO_RAW alone; what newer kernels let be read is not the value that was set' },
);

/** With `ipv6.routerAlert`: packets of this socket’s network namespace alone. */
export const routerAlertIsolate: Option<boolean, 'inet6'> = ipv6
  .only({ types: [SOCK_RAW] })
  .readWrite('IPV6_ROUTER_ALERT_ISOLATE', boolean, { since: '5.1' });

const addressOf: Codec<Inet6Address, never> = addressCodec(
  '{ family, host, port, flowinfo, scopeId }',
  sockaddr_in6.size,
);

/** Where a connection was going before a firewall redirected it. */
export const originalDst: ReadOnlyOption<Inet6Address, 'inet6'> = ipv6
  .only({ types: [SOCK_STREAM] })
  .readOnly('IP6T_SO_ORIGINAL_DST', addressOf, {
    man: 'iptables-extensions(8)',
    requires: 'modprobe nf_conntrack',
    note: 'ENOENT for a connection that no firewall follows',
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

/** The same in the layout of PF_KEY. */
export const ipsecPolicy: WriteOnlyOption<Uint8Array, 'inet6'> = ipv6.writeOnly(
  'IPV6_IPSEC_POLICY',
  bytes(4096),
  { needs: 'CAP_NET_ADMIN', requires: 'modprobe af_key' },
);

// What macOS has and Linux never had.
const mac = ipv6.only({ man: 'ip6(4) of macOS' });

/** Sends and receives packets of one interface alone; 0 for all. */
export const boundIf: Option<number, 'inet6', InterfaceInput> = mac.readWrite(
  'IPV6_BOUND_IF',
  interfaceNumber,
);

/** Which range automatic ports are chosen from: one of `IP_PORTRANGE_`. */
export const portrange: Option<number, 'inet6'> = mac.readWrite('IPV6_PORTRANGE', range(0, 2));

/** Sends packets no longer than every path takes, 1280 bytes; -1 for multicast alone. */
export const useMinMtu: Option<number, 'inet6'> = mac.readWrite('IPV6_USE_MIN_MTU', range(-1, 1));

/** Prefers temporary source addresses. */
export const preferTempaddr: Option<boolean, 'inet6'> = mac.readWrite('IPV6_PREFER_TEMPADDR', boolean);
