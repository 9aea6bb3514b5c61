/** Options of UDP, level IPPROTO_UDP. udp(7). */
import { SOCK_DGRAM } from '../constants/socket.js';
import * as constants from '../families/inet/constants.js';
import { boolean, natural, range } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Inet } from './levels.js';
import type { Option } from './option.js';

const udp = defineLevel({
  constants,
  level: constants.IPPROTO_UDP,
  families: ['inet', 'inet6'],
  types: [SOCK_DGRAM],
  protocols: [constants.IPPROTO_UDP],
  man: 'udp(7)',
});

/** Collects sent data into one datagram until this is cleared. */
export const cork: Option<boolean, Inet> = udp.readWrite('UDP_CORK', boolean);

/** The encapsulation that the kernel decodes in datagrams: one of `UDP_ENCAP_`; 0 for none. */
export const encap: Option<number, Inet> = udp.readWrite('UDP_ENCAP', range(0, 255), {
  requires: 'needs the encapsulated protocol',
});

/** The size of the datagrams into which one send call is divided, in bytes; 0 for no division. */
export const segment: Option<number, Inet> = udp.readWrite('UDP_SEGMENT', range(0, 65535));

/**
 * Combines received datagrams of the same flow and size into one receive call. The control message `UDP_GRO` contains
 * the size.
 */
export const gro: Option<boolean, Inet> = udp.readWrite('UDP_GRO', boolean, { since: '5.0' });

/** Sends IPv6 datagrams without a checksum. */
export const noCheck6Tx: Option<boolean, Inet> = udp.readWrite('UDP_NO_CHECK6_TX', boolean);

/** Receives IPv6 datagrams that have no checksum. */
export const noCheck6Rx: Option<boolean, Inet> = udp.readWrite('UDP_NO_CHECK6_RX', boolean);

const mac = udp.only({ man: 'udp(4) of macOS' });

/** Sends IPv4 datagrams without a checksum. */
export const nocksum: Option<boolean, Inet> = mac.readWrite('UDP_NOCKSUM', boolean);

const windows = udp.only({ man: 'IPPROTO_UDP socket options (Windows)' });

/** Sends IPv4 datagrams without a checksum. */
export const nochecksum: Option<boolean, Inet> = windows.readWrite('UDP_NOCHECKSUM', boolean);

/** The size of the datagrams into which one send call is divided, in bytes; 0 for no division. */
export const sendMsgSize: Option<number, Inet> = windows.readWrite('UDP_SEND_MSG_SIZE', natural);

/**
 * Combines received datagrams of the same flow into one receive call of at most this number of bytes; 0 for no
 * combining.
 */
export const recvMaxCoalescedSize: Option<number, Inet> = windows.readWrite(
  'UDP_RECV_MAX_COALESCED_SIZE',
  natural,
);
