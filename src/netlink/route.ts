/** Routes, as `ip route` lists them. rtnetlink(7). */

import { checkArray, checkInteger, checkObject } from '../errors/argument.js';
import { rtmsg, rtnexthop } from '../families/netlink/layout.js';
import {
  NETLINK_ALIGN,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  packAttributesOf,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { i32, u8, u32 } from '../layout/record.js';
import { type ItemLayout, visitWholeItems, writeLength } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipText } from './ip-text.js';
import {
  attribute,
  bitsOf,
  checkInput,
  familyOf,
  field,
  ipAddress,
  ipBytes,
  number,
  type Properties,
  type Property,
  packOfFamily,
  readOfFamily,
} from './properties.js';

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

/** One next hop of a multipath route to pack. */
export interface NextHopInput {
  /** The gateway; none if the destination is on the link itself. */
  readonly gateway?: string | undefined;
  /** The index of the outgoing interface. The kernel chooses it from the gateway by default. */
  readonly index?: number | undefined;
  /** The share of the traffic, in proportion to the other next hops: 1, the default, to 256. */
  readonly weight?: number | undefined;
  /** `RTNH_F_` constants, or-ed. */
  readonly flags?: number | undefined;
}

/** A route to pack. */
export interface RouteInput {
  /** The address family. The default is that of the destination, the gateway or the preferred source. */
  readonly family?: IpFamily | undefined;
  /** The destination: `'192.0.2.0'`. The default is the default route. */
  readonly destination?: string | undefined;
  /** The length of the destination's prefix, in bits. The default is the whole destination, and 0 without one. */
  readonly prefixLength?: number | undefined;
  /** The gateway. An IPv4 route can have an IPv6 gateway (RTA_VIA). */
  readonly gateway?: string | undefined;
  /** The index of the outgoing interface. */
  readonly index?: number | undefined;
  /** The next hops of a multipath route. */
  readonly nextHops?: readonly NextHopInput[] | undefined;
  /** The id of a next hop object (`ip nexthop`). */
  readonly nextHopId?: number | undefined;
  /** The preferred source address. */
  readonly preferredSource?: string | undefined;
  /** The metric. The route with the lower metric wins. */
  readonly metric?: number | undefined;
  /** An `RT_TABLE_` constant, or another table's number. `RT_TABLE_MAIN` by default. */
  readonly table?: number | undefined;
  /** An `RTPROT_` constant. `RTPROT_BOOT` by default, as in `ip route`. */
  readonly protocol?: number | undefined;
  /**
   * An `RT_SCOPE_` constant. The default is `RT_SCOPE_LINK` for an IPv4 route of a link, which has an `index` and no gateway,
   * and `RT_SCOPE_UNIVERSE` otherwise.
   */
  readonly scope?: number | undefined;
  /** An `RTN_` constant. `RTN_UNICAST` by default. */
  readonly type?: number | undefined;
  /** `RTM_F_` and `RTNH_F_` constants, or-ed. */
  readonly flags?: number | undefined;
  /** Further attributes: `[[RTA_METRICS, …]]`. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/** Reads the gateway from RTA_GATEWAY, or from RTA_VIA if it is of another family: struct rtvia, a family and an address. */
function gatewayOf(family: number, attributes: NetlinkAttributes): string | undefined {
  const via = attributes.get(c.RTA_VIA);
  if (via === undefined || via.length < 2) return ipText(family, attributes.get(c.RTA_GATEWAY));
  return ipText(littleEndian ? via.readUInt16LE(0) : via.readUInt16BE(0), via.subarray(2));
}

/** Returns the attribute of a gateway: RTA_VIA if it is of another family than the route. */
function gatewayAttribute(value: string, argument: string, family: number): NetlinkAttributeInput {
  const own = familyOf(undefined, argument, [value]);
  const bytes = ipBytes(value, argument, own);
  if (own === family) return [c.RTA_GATEWAY, bytes];
  const via = Buffer.alloc(2 + bytes.length, bytes);
  viewOf(via).setUint16(0, own, littleEndian);
  via.set(bytes, 2);
  return [c.RTA_VIA, via];
}

const gateway: Property<string | undefined> = {
  read: ({ attributes, family }) => gatewayOf(family, attributes),
  write: ({ attributes, family }, value, argument) =>
    void attributes.push(gatewayAttribute(value, argument, family)),
};

const hopLayout: ItemLayout = {
  header: rtnexthop.size,
  length: rtnexthop.rtnh_len,
  lengthSize: 2,
  align: NETLINK_ALIGN,
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

function packNextHop(hop: NextHopInput, argument: string, family: number): Buffer {
  const { gateway: via, index = 0, weight = 1, flags = 0 } = checkObject(hop, argument) as NextHopInput;
  const rest: NetlinkAttributeInput[] =
    via === undefined ? [] : [gatewayAttribute(via, `${argument}.gateway`, family)];
  const attributes = packAttributesOf(rest, argument);
  const bytes = Buffer.concat([Buffer.alloc(rtnexthop.size), attributes]);
  const view = viewOf(bytes);
  writeLength(view, 0, hopLayout, attributes.length);
  i32(rtnexthop.rtnh_ifindex).write(view, index, `${argument}.index`);
  bytes[rtnexthop.rtnh_hops] = checkInteger(weight, `${argument}.weight`, 1, 256) - 1;
  u8(rtnexthop.rtnh_flags).write(view, flags, `${argument}.flags`);
  return bytes;
}

const nextHops: Property<readonly NextHop[]> = {
  read: ({ attributes, family }) => nextHopsOf(family, attributes.get(c.RTA_MULTIPATH)),
  write({ attributes, family }, value: readonly NextHopInput[], argument) {
    const hops = Array.from(checkArray(value, argument) as readonly NextHopInput[], (hop, i) =>
      packNextHop(hop, `${argument}[${i}]`, family),
    );
    if (hops.length > 0) attributes.push([c.RTA_MULTIPATH, Buffer.concat(hops)]);
  },
};

const wideTable = attribute(c.RTA_TABLE, number(4));
const narrowTable = field(u8(rtmsg.rtm_table));

/** The attribute has any table, the structure only one below 256. */
const table: Property<number> = {
  read: from => wideTable.read(from) ?? narrowTable.read(from),
  write: (into, value, argument) => (value < 256 ? narrowTable : wideTable).write(into, value, argument),
};

const properties: Properties<Omit<Route, 'family'>> = {
  destination: attribute(c.RTA_DST, ipAddress),
  prefixLength: field(u8(rtmsg.rtm_dst_len)),
  gateway,
  index: attribute(c.RTA_OIF, number(4)),
  nextHops,
  nextHopId: attribute(c.RTA_NH_ID, number(4)),
  preferredSource: attribute(c.RTA_PREFSRC, ipAddress),
  metric: attribute(c.RTA_PRIORITY, number(4)),
  table,
  protocol: field(u8(rtmsg.rtm_protocol)),
  scope: field(u8(rtmsg.rtm_scope)),
  type: field(u8(rtmsg.rtm_type)),
  flags: field(u32(rtmsg.rtm_flags)),
};

/**
 * Parses the payload of RTM_NEWROUTE or RTM_DELROUTE.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseRoute(payload: Uint8Array): Route | undefined {
  return readOfFamily(payload, rtmsg.size, rtmsg.rtm_family, properties);
}

/** Returns the scope that `ip route` chooses. IPv6 has no scopes. */
function scopeOf({ gateway: via, index, type }: RouteInput, family: number): number {
  const isOfLink = via === undefined && index !== undefined && (type ?? c.RTN_UNICAST) === c.RTN_UNICAST;
  return isOfLink && bitsOf(family) === 32 ? c.RT_SCOPE_LINK : c.RT_SCOPE_UNIVERSE;
}

/** Returns the route with its defaults. */
function completed(route: RouteInput, family: number): RouteInput {
  const { destination, prefixLength = destination === undefined ? 0 : bitsOf(family) } = route;
  const { table: number = c.RT_TABLE_MAIN, protocol = c.RTPROT_BOOT, type = c.RTN_UNICAST } = route;
  const { scope = scopeOf(route, family) } = route;
  return { ...route, prefixLength, table: number, protocol, type, scope };
}

/**
 * Packs the payload of RTM_NEWROUTE or RTM_DELROUTE, as {@link parseRoute} reads it.
 *
 * ```ts
 * const route = packRoute({ destination: '203.0.113.0', prefixLength: 24, gateway: '192.0.2.254' });
 * await connection.request(RTM_NEWROUTE, route, NLM_F_CREATE | NLM_F_EXCL);
 * ```
 *
 * The kernel deletes a route only if protocol, scope and type match too. To delete the route of another program, pass the
 * route of `listRoutes()`.
 *
 * @throws TypeError or RangeError naming the property
 * @see rtnetlink(7), ip-route(8)
 */
export function packRoute(route: RouteInput): Buffer {
  checkInput(route, 'route', properties, ['family']);
  const { destination, gateway: via, preferredSource } = route;
  const family = familyOf(route.family, 'route.family', [destination, via, preferredSource]);
  const given = completed(route, family) as Partial<Route>;
  return packOfFamily(rtmsg.size, rtmsg.rtm_family, properties, given, 'route', family);
}
