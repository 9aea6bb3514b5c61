/** Lists of links, addresses, routes and neighbours, as `ip` shows them. rtnetlink(7). */

import {
  NETLINK_ROUTE,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETNEIGH,
  RTM_GETROUTE,
} from '../families/netlink/constants.js';
import { ifaddrmsg, ifinfomsg, ndmsg, rtmsg } from '../families/netlink/layout.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type LinkAddress, parseLinkAddress } from './address.js';
import { NetlinkConnection } from './connection.js';
import { type Link, parseLink } from './link.js';
import type { NetlinkMessage } from './message.js';
import { type Neighbour, parseNeighbour } from './neighbour.js';
import { parseRoute, type Route } from './route.js';

/** What there is a list of. */
interface Table<T> {
  /** The message that asks for it. */
  readonly type: number;
  /** The size of that message's body, which is of zeros: of every family, and all of it. */
  readonly body: number;
  parse(payload: Buffer): T | undefined;
}

const links: Table<Link> = { type: RTM_GETLINK, body: ifinfomsg.size, parse: parseLink };
const addresses: Table<LinkAddress> = { type: RTM_GETADDR, body: ifaddrmsg.size, parse: parseLinkAddress };
const routes: Table<Route> = { type: RTM_GETROUTE, body: rtmsg.size, parse: parseRoute };
const neighbours: Table<Neighbour> = { type: RTM_GETNEIGH, body: ndmsg.size, parse: parseNeighbour };

function parsed<T>({ parse }: Table<T>, messages: readonly NetlinkMessage[]): T[] {
  return messages.map(({ payload }) => parse(payload)).filter(each => each !== undefined);
}

async function list<T>(table: Table<T>, wait?: WaitOptions): Promise<T[]> {
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  return parsed(table, await connection.dump(table.type, Buffer.alloc(table.body), wait));
}

function listSync<T>(table: Table<T>): T[] {
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  return parsed(table, connection.dumpSync(table.type, Buffer.alloc(table.body)));
}

/** All network interfaces, as `ip link` lists them. */
export function listLinks(wait?: WaitOptions): Promise<Link[]> {
  return list(links, wait);
}

/** {@link listLinks}, in this thread. */
export function listLinksSync(): Link[] {
  return listSync(links);
}

/** All addresses of all interfaces, as `ip address` lists them. */
export function listAddresses(wait?: WaitOptions): Promise<LinkAddress[]> {
  return list(addresses, wait);
}

/** {@link listAddresses}, in this thread. */
export function listAddressesSync(): LinkAddress[] {
  return listSync(addresses);
}

/** All routes of all tables, as `ip route show table all` lists them. */
export function listRoutes(wait?: WaitOptions): Promise<Route[]> {
  return list(routes, wait);
}

/** {@link listRoutes}, in this thread. */
export function listRoutesSync(): Route[] {
  return listSync(routes);
}

/** All neighbours that are known, or asked for, as `ip neighbour show nud all` lists them. */
export function listNeighbours(wait?: WaitOptions): Promise<Neighbour[]> {
  return list(neighbours, wait);
}

/** {@link listNeighbours}, in this thread. */
export function listNeighboursSync(): Neighbour[] {
  return listSync(neighbours);
}
