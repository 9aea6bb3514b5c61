/** Routes, as `ip route` lists them. rtnetlink(7). */
import { NLMSG_ALIGNTO } from '../families/netlink/constants.js';
import { rtmsg, rtnexthop } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  type NetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { type ItemLayout, visitWholeItems } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** One next hop of a multipath route. */
export interface NextHop {
  /** The gateway; `undefined` if the destination is on the link itself. */
  readonly gateway: string | undefined;
  /** The index of the outgoing interface. */
  readonly index: number;
  /** The share of the traffic, in proportion to the other next hops: 1 to 256. */
  readonly weight: number;
  /** `RTNH_F_` constants, or-ed. */
  readonly flags: number;
}

/** A route. */
export interface Route {
  /** The address family. */
  readonly family: IpFamily;
  /** The destination: `'192.0.2.0'`. `undefined` for the default route. */
  readonly destination: string | undefined;
  /** The length of the destination's prefix, in bits. */
  readonly prefixLength: number;
  /** The gateway. An IPv4 route can have an IPv6 gateway (RTA_VIA). */
  readonly gateway: string | undefined;
  /** The index of the outgoing interface; `undefined` if there are several, or none. */
  readonly index: number | undefined;
  /** The next hops of a multipath route; otherwise empty. */
  readonly nextHops: readonly NextHop[];
  /** The id of the next hop object (`ip nexthop`). */
  readonly nextHopId: number | undefined;
  /** The preferred source address. */
  readonly preferredSource: string | undefined;
  /** The metric. The route with the lower metric wins. */
  readonly metric: number | undefined;
  /** An `RT_TABLE_` constant, or another table's number. */
  readonly table: number;
  /** An `RTPROT_` constant: who created the route. */
  readonly protocol: number;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** An `RTN_` constant. */
  readonly type: number;
  /** `RTM_F_` and `RTNH_F_` constants, or-ed. */
  readonly flags: number;
}

/** Reads the gateway from RTA_GATEWAY, or from RTA_VIA if it is of another family: struct rtvia, a family and an address. */
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

/** Reads the next hops of RTA_MULTIPATH. Reading stops at one that is longer than the rest. */
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

/**
 * Parses the payload of RTM_NEWROUTE or RTM_DELROUTE.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseRoute(payload: Uint8Array): Route | undefined {
  return routeOf(inputBytes(payload, 'payload'));
}

function routeOf(payload: Buffer): Route | undefined {
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
