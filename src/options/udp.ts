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

/** Collects what is sent into one datagram, until this is cleared. */
export const cork: Option<boolean, Inet> = udp.readWrite('UDP_CORK', boolean);

/** What datagrams carry that the kernel unpacks: one of `UDP_ENCAP_`; 0 for nothing. */
export const encap: Option<number, Inet> = udp.readWrite('UDP_ENCAP', range(0, 255), {
  requires: 'needs the protocol that is carried',
});

/** Cuts what one send hands over into datagrams of so many bytes; 0 does not. */
export const segment: Option<number, Inet> = udp.readWrite('UDP_SEGMENT', range(0, 65535));

/** Joins datagrams of one flow and one size into one receive; the control message `UDP_GRO` says the size. */
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

/** Cuts what one send hands over into datagrams of so many bytes; 0 does not. */
export const sendMsgSize: Option<number, Inet> = windows.readWrite('UDP_SEND_MSG_SIZE', natural);

/** Joins datagrams of one flow into one receive of at most so many bytes; 0 does not. */
export const recvMaxCoalescedSize: Option<number, Inet> = windows.readWrite(
  'UDP_RECV_MAX_COALESCED_SIZE',
  natural,
);
