/** Options for the header and the size of sent packets. */
import { bytes } from '../../layout/bytes.js';
import { boolean, natural, range, rangeOrDefault } from '../../layout/numbers.js';
import { type Inet, ip, ipRaw } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The maximum length of the options in an IPv4 header, in bytes: RFC 791. */
const LONGEST_OPTIONS = 40;

/** The type-of-service byte of sent packets: DSCP and ECN. */
export const tos: Option<number, Inet> = ip.readWrite('IP_TOS', range(0, 255), {
  needs: 'CAP_NET_ADMIN for some values on old kernels',
  note: 'TCP controls the ECN bits itself',
});

/** The time to live of sent packets; -1 for the system’s default. */
export const ttl: Option<number, Inet> = ip.readWrite('IP_TTL', rangeOrDefault(1, 255), {
  note: 'multicast packets use ip.multicastTtl',
});

/** The options in the header of each packet. */
export const options: Option<Buffer, Inet, Uint8Array> = ip.readWrite('IP_OPTIONS', bytes(LONGEST_OPTIONS), {
  note: 'on an accepted TCP connection, the options of its SYN',
});

/** The method of path MTU discovery: one of `IP_PMTUDISC_`. */
export const mtuDiscover: Option<number, Inet> = ip.readWrite('IP_MTU_DISCOVER', range(0, 5));

/** The known path MTU. */
export const mtu: ReadOnlyOption<number, Inet> = ip.readOnly('IP_MTU', natural, {
  note: 'ENOTCONN on a socket that is not connected',
});

/** Whether the caller writes the IP header. */
export const hdrincl: Option<boolean, 'inet'> = ipRaw.readWrite('IP_HDRINCL', boolean, {
  note: 'true by default with IPPROTO_RAW',
});
