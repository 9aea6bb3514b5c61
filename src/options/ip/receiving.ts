/** What each packet that is received says of itself, in control messages, and which are received at all. */
import { bytes } from '../../layout/bytes.js';
import { boolean, natural, range } from '../../layout/numbers.js';
import { type Inet, ip, ipPackets, ipRaw, ipStream } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** Whether each datagram says its local address and interface: the control message `IP_PKTINFO`. */
export const pktinfo: Option<boolean, Inet> = ip.readWrite('IP_PKTINFO', boolean);

/** Whether each datagram says its time to live: the control message `IP_TTL`. */
export const recvttl: Option<boolean, Inet> = ip.readWrite('IP_RECVTTL', boolean);

/** Whether each datagram says its type-of-service byte: the control message `IP_TOS`. */
export const recvtos: Option<boolean, Inet> = ip.readWrite('IP_RECVTOS', boolean);

/** Whether each datagram says its header’s options: the control message `IP_RECVOPTS`. */
export const recvopts: Option<boolean, Inet> = ip.readWrite('IP_RECVOPTS', boolean);

/** Whether each datagram says its header’s options as an answer would carry them: the control message `IP_RETOPTS`. */
export const retopts: Option<boolean, Inet> = ip.readWrite('IP_RETOPTS', boolean);

/** Whether each datagram says where it was going before a firewall redirected it: `IP_ORIGDSTADDR`. */
export const recvorigdstaddr: Option<boolean, Inet> = ip.readWrite('IP_RECVORIGDSTADDR', boolean);

/** Whether each datagram says the checksum of its data: the control message `IP_CHECKSUM`. */
export const checksum: Option<boolean, Inet> = ip.readWrite('IP_CHECKSUM', boolean, { note: 'UDP alone' });

/** Whether each datagram that came in fragments says the size of the largest: `IP_RECVFRAGSIZE`. */
export const recvfragsize: Option<boolean, Inet> = ipPackets.readWrite('IP_RECVFRAGSIZE', boolean);

/** Whether each packet says the security context of its sender: the control message `SCM_SECURITY`. */
export const passsec: Option<boolean, Inet> = ip.readWrite('IP_PASSSEC', boolean);

/** Queues errors with their whole story, to be read with `MSG_ERRQUEUE`. */
export const recverr: Option<boolean, Inet> = ip.readWrite('IP_RECVERR', boolean);

/** With `ip.recverr`: the extensions of ICMP errors too (RFC 4884). */
export const recverrRfc4884: Option<boolean, Inet> = ipPackets.readWrite('IP_RECVERR_RFC4884', boolean, {
  since: '5.9',
});

/** The least time to live with which packets are accepted (RFC 5082); 0 for any. */
export const minttl: Option<number, Inet> = ip.readWrite('IP_MINTTL', range(0, 255));

/** The control messages that the last segment of a TCP connection would have brought, as bytes. */
export const pktoptions: ReadOnlyOption<Buffer, Inet> = ipStream.readOnly('IP_PKTOPTIONS', bytes(512), {
  note: 'parts as ip.pktinfo, ip.recvttl and ip.recvtos ask for them',
});

/** Leaves fragments as they came. */
export const nodefrag: Option<boolean, 'inet'> = ipRaw.readWrite('IP_NODEFRAG', boolean);

/** Receives packets to be forwarded that carry the router alert option. */
export const routerAlert: Option<boolean, 'inet'> = ipRaw.readWrite('IP_ROUTER_ALERT', boolean, {
  note: 'EADDRINUSE where it is on already; not on IPPROTO_RAW; old kernels do not let it be read',
});

/** The socket’s protocol. */
export const protocol: ReadOnlyOption<number, 'inet'> = ipRaw.readOnly('IP_PROTOCOL', natural, {
  since: '6.4',
});
