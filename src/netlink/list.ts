/** Lists of links, addresses, routes and neighbours, as `ip` shows them. rtnetlink(7). */

import {
  NETLINK_ROUTE,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETNEIGH,
  RTM_GETROUTE,
} from '../families/netlink/constants.js';
import { ifaddrmsg, ifinfomsg, ndmsg, rtmsg } from '../families/netlink/layout.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { NetlinkConnection } from './connection.js';
import { type Link, parseLink } from './link.js';
import { type LinkAddress, parseLinkAddress } from './link-address.js';
import type { NetlinkMessage } from './message.js';
import { type Neighbour, parseNeighbour } from './neighbour.js';
import { parseRoute, type Route } from './route.js';

/** A table of the kernel that can be listed. */
interface Table<T> {
  /** The type of the request. */
  readonly type: number;
  /** The size of the request's body. It is all zeros, which requests every entry of every family. */
  readonly bodySize: number;
  parse(payload: Buffer): T | undefined;
}

const links: Table<Link> = { type: RTM_GETLINK, bodySize: ifinfomsg.size, parse: parseLink };
const addresses: Table<LinkAddress> = {
  type: RTM_GETADDR,
  bodySize: ifaddrmsg.size,
  parse: parseLinkAddress,
};
const routes: Table<Route> = { type: RTM_GETROUTE, bodySize: rtmsg.size, parse: parseRoute };
const neighbours: Table<Neighbour> = { type: RTM_GETNEIGH, bodySize: ndmsg.size, parse: parseNeighbour };

function parsed<T>({ parse }: Table<T>, messages: readonly NetlinkMessage[]): T[] {
  return messages.map(({ payload }) => parse(payload)).filter(entry => entry !== undefined);
}

async function list<T>(table: Table<T>, options: WaitOptions | undefined): Promise<T[]> {
  const wait = checkWaitOptions(options);
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  return parsed(table, await connection.dump(table.type, Buffer.alloc(table.bodySize), wait));
}

function listSync<T>(table: Table<T>, options: SyncWaitOptions | undefined): T[] {
  const timeout = checkSyncWaitOptions(options);
  using connection = new NetlinkConnection(NETLINK_ROUTE);
  return parsed(table, connection.dumpSync(table.type, Buffer.alloc(table.bodySize), { timeout }));
}

/**
 * Returns all network interfaces, as `ip link` lists them.
 *
 * @param options `timeout` (milliseconds) and `signal`
 */
export function listLinks(options?: WaitOptions): Promise<Link[]> {
  return list(links, options);
}

/**
 * Returns all network interfaces. Blocks the thread.
 *
 * @param options `timeout` (milliseconds)
 * @see {@link listLinks}
 */
export function listLinksSync(options?: SyncWaitOptions): Link[] {
  return listSync(links, options);
}

/**
 * Returns all addresses of all interfaces, as `ip address` lists them.
 *
 * @param options `timeout` (milliseconds) and `signal`
 */
export function listAddresses(options?: WaitOptions): Promise<LinkAddress[]> {
  return list(addresses, options);
}

/**
 * Returns all addresses of all interfaces. Blocks the thread.
 *
 * @param options `timeout` (milliseconds)
 * @see {@link listAddresses}
 */
export function listAddressesSync(options?: SyncWaitOptions): LinkAddress[] {
  return listSync(addresses, options);
}

/**
 * Returns all routes of all tables, as `ip route show table all` lists them.
 *
 * @param options `timeout` (milliseconds) and `signal`
 */
export function listRoutes(options?: WaitOptions): Promise<Route[]> {
  return list(routes, options);
}

/**
 * Returns all routes of all tables. Blocks the thread.
 *
 * @param options `timeout` (milliseconds)
 * @see {@link listRoutes}
 */
export function listRoutesSync(options?: SyncWaitOptions): Route[] {
  return listSync(routes, options);
}

/**
 * Returns all neighbours, in every state, as `ip neighbour show nud all` lists them.
 *
 * @param options `timeout` (milliseconds) and `signal`
 */
export function listNeighbours(options?: WaitOptions): Promise<Neighbour[]> {
  return list(neighbours, options);
}

/**
 * Returns all neighbours, in every state. Blocks the thread.
 *
 * @param options `timeout` (milliseconds)
 * @see {@link listNeighbours}
 */
export function listNeighboursSync(options?: SyncWaitOptions): Neighbour[] {
  return listSync(neighbours, options);
}
