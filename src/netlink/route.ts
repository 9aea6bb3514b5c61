/** Links, addresses and routes: what `ip link`, `ip address` and `ip route` list. rtnetlink(7). */
import { littleEndian } from '../address/byte-order.js';
import { inet_ntop } from '../address/ip.js';
import type { Wait } from '../address/registry.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { NETLINK_ROUTE, RTM_GETADDR, RTM_GETLINK, RTM_GETROUTE } from '../families/netlink/constants.js';
import { ifaddrmsg, ifinfomsg, rtmsg } from '../families/netlink/layout.js';
import { attributeNumber, attributeText, parseNetlinkAttributes } from './attributes.js';
import { NetlinkConnection } from './connection.js';
import * as c from './constants.js';

/** A network interface. */
export interface Link {
  /** The interface’s index. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** `IFF_` constants, or-ed. */
  readonly flags: number;
  /** The largest packet, in bytes. */
  readonly mtu: number;
  /** The kind of device: an `ARPHRD_` constant. */
  readonly hardwareType: number;
  /** The hardware address, `'0a:1b:2c:3d:4e:5f'`; `undefined` where it has none. */
  readonly hardwareAddress: string | undefined;
  /** An `IF_OPER_` constant: whether it works (RFC 2863). */
  readonly operationalState: number;
  /** `'veth'`, `'bridge'`, `'vcan'`, …; `undefined` for a plain device. */
  readonly kind: string | undefined;
  /** The index of the bridge or bond that it belongs to. */
  readonly master: number | undefined;
}

/** An address of an interface. */
export interface LinkAddress {
  /** The index of the interface. */
  readonly index: number;
  /** Of IPv4 or of IPv6. */
  readonly family: 'inet' | 'inet6';
  /** The local address, in numbers. */
  readonly address: string;
  /** The other end's, on a point-to-point link; else the same. */
  readonly peer: string;
  /** How many leading bits are the network's. */
  readonly prefixLength: number;
  /** The broadcast address; IPv4 alone has one. */
  readonly broadcast: string | undefined;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** The label, `'eth0:1'`; IPv4 alone has one. */
  readonly label: string | undefined;
}

/** A route. */
export interface Route {
  /** Of IPv4 or of IPv6. */
  readonly family: 'inet' | 'inet6';
  /** Where to, `'192.0.2.0'`; `undefined` for the default route. */
  readonly destination: string | undefined;
  /** How many leading bits of `destination` count. */
  readonly prefixLength: number;
  /** The router, where there is one. */
  readonly gateway: string | undefined;
  /** The index of the interface that it goes out by. */
  readonly index: number | undefined;
  /** The source address to prefer. */
  readonly preferredSource: string | undefined;
  /** The lower, the sooner it is taken; `undefined` where it has none. */
  readonly metric: number | undefined;
  /** An `RT_TABLE_` constant, or another table's number. */
  readonly table: number;
  /** An `RTPROT_` constant: who made it. */
  readonly protocol: number;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** An `RTN_` constant. */
  readonly type: number;
}

const families = new Map<number, 'inet' | 'inet6'>([
  [AF_INET, 'inet'],
  [AF_INET6, 'inet6'],
]);

function ipText(family: number, bytes: Buffer | undefined): string | undefined {
  return bytes === undefined ? undefined : inet_ntop(family, bytes);
}

/** Reads the payload of RTM_NEWLINK or RTM_DELLINK. */
export function parseLink(payload: Buffer): Link {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const attributes = parseNetlinkAttributes(payload.subarray(ifinfomsg.size));
  const hardware = attributes.get(c.IFLA_ADDRESS);
  const info = parseNetlinkAttributes(attributes.get(c.IFLA_LINKINFO) ?? Buffer.alloc(0));
  return {
    index: view.getInt32(ifinfomsg.ifi_index, littleEndian),
    name: attributeText(attributes.get(c.IFLA_IFNAME)) ?? '',
    flags: view.getUint32(ifinfomsg.ifi_flags, littleEndian),
    mtu: attributeNumber(attributes.get(c.IFLA_MTU)) ?? 0,
    hardwareType: view.getUint16(ifinfomsg.ifi_type, littleEndian),
    hardwareAddress: hardware && Array.from(hardware, byte => byte.toString(16).padStart(2, '0')).join(':'),
    operationalState: attributeNumber(attributes.get(c.IFLA_OPERSTATE)) ?? c.IF_OPER_UNKNOWN,
    kind: attributeText(info.get(c.IFLA_INFO_KIND)),
    master: attributeNumber(attributes.get(c.IFLA_MASTER)),
  };
}

/** Reads the payload of RTM_NEWADDR or RTM_DELADDR; `undefined` for one of another family. */
export function parseLinkAddress(payload: Buffer): LinkAddress | undefined {
  const family = families.get(payload[ifaddrmsg.ifa_family]!);
  if (family === undefined) return undefined;
  const number = payload[ifaddrmsg.ifa_family]!;
  const attributes = parseNetlinkAttributes(payload.subarray(ifaddrmsg.size));
  const peer = ipText(number, attributes.get(c.IFA_ADDRESS));
  const address = ipText(number, attributes.get(c.IFA_LOCAL)) ?? peer;
  if (address === undefined) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return {
    index: view.getUint32(ifaddrmsg.ifa_index, littleEndian),
    family,
    address,
    peer: peer ?? address,
    prefixLength: payload[ifaddrmsg.ifa_prefixlen]!,
    broadcast: ipText(number, attributes.get(c.IFA_BROADCAST)),
    scope: payload[ifaddrmsg.ifa_scope]!,
    label: attributeText(attributes.get(c.IFA_LABEL)),
  };
}

/** Reads the payload of RTM_NEWROUTE or RTM_DELROUTE; `undefined` for one of another family. */
export function parseRoute(payload: Buffer): Route | undefined {
  const number = payload[rtmsg.rtm_family]!;
  const family = families.get(number);
  if (family === undefined) return undefined;
  const attributes = parseNetlinkAttributes(payload.subarray(rtmsg.size));
  return {
    family,
    destination: ipText(number, attributes.get(c.RTA_DST)),
    prefixLength: payload[rtmsg.rtm_dst_len]!,
    gateway: ipText(number, attributes.get(c.RTA_GATEWAY)),
    index: attributeNumber(attributes.get(c.RTA_OIF)),
    preferredSource: ipText(number, attributes.get(c.RTA_PREFSRC)),
    metric: attributeNumber(attributes.get(c.RTA_PRIORITY)),
    table: attributeNumber(attributes.get(c.RTA_TABLE)) ?? payload[rtmsg.rtm_table]!,
    protocol: payload[rtmsg.rtm_protocol]!,
    scope: payload[rtmsg.rtm_scope]!,
    type: payload[rtmsg.rtm_type]!,
  };
}

async function list<T>(type: number, body: number, parse: (payload: Buffer) => T, wait?: Wait): Promise<T[]> {
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  const messages = await connection.dump(type, Buffer.alloc(body), wait);
  return messages.map(({ payload }) => parse(payload));
}

/** All network interfaces, as `ip link` lists them. */
export function listLinks(wait?: Wait): Promise<Link[]> {
  return list(RTM_GETLINK, ifinfomsg.size, parseLink, wait);
}

/** All addresses of all interfaces, as `ip address` lists them. */
export async function listAddresses(wait?: Wait): Promise<LinkAddress[]> {
  const found = await list(RTM_GETADDR, ifaddrmsg.size, parseLinkAddress, wait);
  return found.filter(address => address !== undefined);
}

/** All routes of all tables, as `ip route show table all` lists them. */
export async function listRoutes(wait?: Wait): Promise<Route[]> {
  const found = await list(RTM_GETROUTE, rtmsg.size, parseRoute, wait);
  return found.filter(route => route !== undefined);
}
