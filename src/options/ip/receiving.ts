/** Options for received packets: their control messages, and which packets are received. */
import { bytes } from '../../layout/bytes.js';
import { boolean, natural, range } from '../../layout/numbers.js';
import { type Inet, ip, ipPackets, ipRaw, ipStream } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** Adds the control message `IP_PKTINFO` to each datagram: its local address and interface. */
export const pktinfo: Option<boolean, Inet> = ip.readWrite('IP_PKTINFO', boolean);

/** Adds the control message `IP_TTL` to each datagram: its time to live. */
export const recvttl: Option<boolean, Inet> = ip.readWrite('IP_RECVTTL', boolean);

/** Adds the control message `IP_TOS` to each datagram: its type-of-service byte. */
export const recvtos: Option<boolean, Inet> = ip.readWrite('IP_RECVTOS', boolean);

/** Adds the control message `IP_RECVOPTS` to each datagram: the options of its header. */
export const recvopts: Option<boolean, Inet> = ip.readWrite('IP_RECVOPTS', boolean);

/**
 * Adds the control message `IP_RETOPTS` to each datagram: the options of its header, in the form that a reply would
 * carry.
 */
export const retopts: Option<boolean, Inet> = ip.readWrite('IP_RETOPTS', boolean);

/** Adds the control message `IP_ORIGDSTADDR` to each datagram: its destination before a firewall redirected it. */
export const recvorigdstaddr: Option<boolean, Inet> = ip.readWrite('IP_RECVORIGDSTADDR', boolean);

/** Adds the control message `IP_CHECKSUM` to each datagram: the checksum of its data. */
export const checksum: Option<boolean, Inet> = ip.readWrite('IP_CHECKSUM', boolean, { note: 'only UDP' });

/** Adds the control message `IP_RECVFRAGSIZE` to each reassembled datagram: the size of its largest fragment. */
export const recvfragsize: Option<boolean, Inet> = ipPackets.readWrite('IP_RECVFRAGSIZE', boolean);

/** Adds the control message `SCM_SECURITY` to each packet: the security context of its sender. */
export const passsec: Option<boolean, Inet> = ip.readWrite('IP_PASSSEC', boolean);

/** Queues errors with their details, which are read with `MSG_ERRQUEUE`. */
export const recverr: Option<boolean, Inet> = ip.readWrite('IP_RECVERR', boolean);

/** Adds the extensions of ICMP errors (RFC 4884) to the errors of `ip.recverr`. */
export const recverrRfc4884: Option<boolean, Inet> = ipPackets.readWrite('IP_RECVERR_RFC4884', boolean, {
  since: '5.9',
});

/** The minimum time to live of accepted packets (RFC 5082); 0 for any. */
export const minttl: Option<number, Inet> = ip.readWrite('IP_MINTTL', range(0, 255));

/** The control messages of the last segment of a TCP connection, as bytes. */
export const pktoptions: ReadOnlyOption<Buffer, Inet> = ipStream.readOnly('IP_PKTOPTIONS', bytes(512), {
  note: 'it contains what ip.pktinfo, ip.recvttl and ip.recvtos request',
});

/** Disables the reassembly of fragments. */
export const nodefrag: Option<boolean, 'inet'> = ipRaw.readWrite('IP_NODEFRAG', boolean);

/** Receives forwarded packets that have the router alert option. */
export const routerAlert: Option<boolean, 'inet'> = ipRaw.readWrite('IP_ROUTER_ALERT', boolean, {
  note: 'EADDRINUSE if it is already on; not on IPPROTO_RAW; write-only on old kernels',
});

/** The socket’s protocol. */
export const protocol: ReadOnlyOption<number, 'inet'> = ipRaw.readOnly('IP_PROTOCOL', natural, {
  since: '6.4',
});
