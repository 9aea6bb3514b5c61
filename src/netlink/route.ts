/** Routes: what `ip route` lists. rtnetlink(7). */

import { NLMSG_ALIGNTO } from '../families/netlink/constants.js';
import { rtmsg, rtnexthop } from '../families/netlink/layout.js';
import {
  attributeNumber,
  type NetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { type ItemLayout, visitWholeItems } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** One of the ways of a route that has several. */
export interface NextHop {
  /** The gateway; `undefined` where there is none, on the link itself. */
  readonly gateway: string | undefined;
  /** The index of the interface that it goes out by. */
  readonly index: number;
  /** How much of the traffic goes this way, in proportion to the others: 1 to 256. */
  readonly weight: number;
  /** `RTNH_F_` constants, or-ed. */
  readonly flags: number;
}

/** A route. */
export interface Route {
  /** Of IPv4 or of IPv6. */
  readonly family: IpFamily;
  /** Where to, `'192.0.2.0'`; `undefined` for the default route. */
  readonly destination: string | undefined;
  /** How many leading bits of the destination count. */
  readonly prefixLength: number;
  /** The gateway; of an IPv4 route it may be an IPv6 address (RTA_VIA). */
  readonly gateway: string | undefined;
  /** The index of the interface that it goes out by; `undefined` where there are several, or none. */
  readonly index: number | undefined;
  /** The ways, where it has several. */
  readonly nextHops: readonly NextHop[];
  /** The id of the next hop object that it goes by (`ip nexthop`). */
  readonly nextHopId: number | undefined;
  /** The source address to prefer. */
  readonly preferredSource: string | undefined;
  /** The metric: of two routes, the lower one is taken. */
  readonly metric: number | undefined;
  /** An `RT_TABLE_` constant, or another table's number. */
  readonly table: number;
  /** An `RTPROT_` constant: who made it. */
  readonly protocol: number;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** An `RTN_` constant. */
  readonly type: number;
  /** `RTM_F_` and `RTNH_F_` constants, or-ed. */
  readonly flags: number;
}

/** The gateway in RTA_GATEWAY, or, of another family, in RTA_VIA: struct rtvia, a family and an address. */
function gatewayOf(family: number, attributes: NetlinkAttributes): string | undefined {
  const via = attributes.get(c.RTA_VIA);
  if (via === undefined || via.length < 2) return ipText(family, attributes.get(c.RTA_GATEWAY));
  return ipText(littleEndian ? via.readUInt16LE(0) : via.readUInt16BE(0), via.subarray(2));
}

const hopLayout: ItemLayout = {
  header: rtnexthop.size,
  length: rtnexthop.rtnh_len,
  lengthSize: 2,
  align: NLMSG_ALIGNTO,
};

/** The next hops of RTA_MULTIPATH; one that claims more than there is ends them. */
function nextHopsOf(family: number, bytes: Buffer | undefined): NextHop[] {
  const hops: NextHop[] = [];
  if (bytes === undefined) return hops;
  const view = viewOf(bytes);
  visitWholeItems(view, hopLayout, (at, length) => {
    const attributes = parseNetlinkAttributes(bytes.subarray(at + rtnexthop.size, at + length));
    hops.push({
      gateway: gatewayOf(family, attributes),
      index: view.getInt32(at + rtnexthop.rtnh_ifindex, littleEndian),
      weight: bytes[at + rtnexthop.rtnh_hops]! + 1,
      flags: bytes[at + rtnexthop.rtnh_flags]!,
    });
  });
  return hops;
}

/** Reads the payload of RTM_NEWROUTE or RTM_DELROUTE; `undefined` for one of another family, or too short to be one. */
export function parseRoute(payload: Buffer): Route | undefined {
  if (payload.length < rtmsg.size) return undefined;
  const number = payload[rtmsg.rtm_family]!;
  const family = ipFamilies.get(number);
  if (family === undefined) return undefined;
  const attributes = parseNetlinkAttributes(payload.subarray(rtmsg.size));
  const view = viewOf(payload);
  return {
    family,
    destination: ipText(number, attributes.get(c.RTA_DST)),
    prefixLength: payload[rtmsg.rtm_dst_len]!,
    gateway: gatewayOf(number, attributes),
    index: attributeNumber(attributes.get(c.RTA_OIF)),
    nextHops: nextHopsOf(number, attributes.get(c.RTA_MULTIPATH)),
    nextHopId: attributeNumber(attributes.get(c.RTA_NH_ID)),
    preferredSource: ipText(number, attributes.get(c.RTA_PREFSRC)),
    metric: attributeNumber(attributes.get(c.RTA_PRIORITY)),
    table: attributeNumber(attributes.get(c.RTA_TABLE)) ?? payload[rtmsg.rtm_table]!,
    protocol: payload[rtmsg.rtm_protocol]!,
    scope: payload[rtmsg.rtm_scope]!,
    type: payload[rtmsg.rtm_type]!,
    flags: view.getUint32(rtmsg.rtm_flags, littleEndian),
  };
}
