/** The header of packets that are sent, and how large they may be. */
import { bytes } from '../../layout/bytes.js';
import { boolean, natural, range, rangeOrDefault } from '../../layout/numbers.js';
import { type Inet, ip, ipRaw } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The longest options that an IPv4 header can have, in bytes: RFC 791. */
const LONGEST_OPTIONS = 40;

/** The type-of-service byte of packets sent: DSCP and ECN. */
export const tos: Option<number, Inet> = ip.readWrite('IP_TOS', range(0, 255), {
  needs: 'CAP_NET_ADMIN for some values of old kernels',
  note: 'TCP keeps the ECN bits to itself',
});

/** The time to live of packets sent; -1 for the system’s. */
export const ttl: Option<number, Inet> = ip.readWrite('IP_TTL', rangeOrDefault(1, 255), {
  note: 'multicast has its own: ip.multicastTtl',
});

/** The options of each packet’s header. */
export const options: Option<Buffer, Inet, Uint8Array> = ip.readWrite('IP_OPTIONS', bytes(LONGEST_OPTIONS), {
  note: 'of an accepted TCP connection: those that its SYN came with',
});

/** How the path’s MTU is found: one of `IP_PMTUDISC_`. */
export const mtuDiscover: Option<number, Inet> = ip.readWrite('IP_MTU_DISCOVER', range(0, 5));

/** The known MTU of the path. */
export const mtu: ReadOnlyOption<number, Inet> = ip.readOnly('IP_MTU', natural, {
  note: 'ENOTCONN on a socket that is not connected',
});

/** The caller writes the IP header. */
export const hdrincl: Option<boolean, 'inet'> = ipRaw.readWrite('IP_HDRINCL', boolean, {
  note: 'IPPROTO_RAW has it from the start',
});
