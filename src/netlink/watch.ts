/** Changes of links, addresses and routes, as they happen: what `ip monitor` prints. */
import type { Wait } from '../address/registry.js';
import { SOL_NETLINK } from '../constants/socket.js';
import {
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_ROUTE,
  RTM_DELADDR,
  RTM_DELLINK,
  RTM_DELROUTE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWROUTE,
} from '../families/netlink/constants.js';
import { NetlinkConnection } from './connection.js';
import * as c from './constants.js';
import { parseNetlinkMessages } from './message.js';
import { type Link, type LinkAddress, parseLink, parseLinkAddress, parseRoute, type Route } from './route.js';

/** A change. `removed` tells one that is gone from one that is new or has changed. */
export type RouteEvent =
  | { readonly kind: 'link'; readonly removed: boolean; readonly link: Link }
  | { readonly kind: 'address'; readonly removed: boolean; readonly address: LinkAddress }
  | { readonly kind: 'route'; readonly removed: boolean; readonly route: Route }
  /** The kernel had more to tell than the socket could hold (ENOBUFS): list anew what you know. */
  | { readonly kind: 'lost' };

const GROUPS = {
  link: [c.RTNLGRP_LINK],
  address: [c.RTNLGRP_IPV4_IFADDR, c.RTNLGRP_IPV6_IFADDR],
  route: [c.RTNLGRP_IPV4_ROUTE, c.RTNLGRP_IPV6_ROUTE],
};

function eventOf(type: number, payload: Buffer): RouteEvent | undefined {
  if (type === RTM_NEWLINK || type === RTM_DELLINK) {
    return { kind: 'link', removed: type === RTM_DELLINK, link: parseLink(payload) };
  }
  if (type === RTM_NEWADDR || type === RTM_DELADDR) {
    const address = parseLinkAddress(payload);
    return address && { kind: 'address', removed: type === RTM_DELADDR, address };
  }
  if (type === RTM_NEWROUTE || type === RTM_DELROUTE) {
    const route = parseRoute(payload);
    return route && { kind: 'route', removed: type === RTM_DELROUTE, route };
  }
  return undefined;
}

/**
 * Changes, as they happen, for as long as the loop goes on. They are collected from the call on, not from the first
 * `next`: list after calling this, and nothing falls in between.
 *
 * ```ts
 * for await (const event of watchRoutes(['address'])) console.log(event);
 * ```
 *
 * @param kinds of changes; all by default
 * @param wait a signal to end it
 */
export function watchRoutes(
  kinds: readonly (keyof typeof GROUPS)[] = ['link', 'address', 'route'],
  wait?: Wait,
): AsyncGenerator<RouteEvent, void> {
  const connection = new NetlinkConnection(NETLINK_ROUTE);
  for (const group of kinds.flatMap(kind => GROUPS[kind])) {
    connection.socket.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
  }
  return events(connection, wait);
}

async function* events(connection: NetlinkConnection, wait?: Wait): AsyncGenerator<RouteEvent, void> {
  using _ = connection;
  for (;;) {
    let data: Buffer;
    try {
      data = await connection.socket.recv(65536, 0, wait);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOBUFS') throw error;
      yield { kind: 'lost' };
      continue;
    }
    for (const { type, payload } of parseNetlinkMessages(data)) {
      const event = eventOf(type, payload);
      if (event !== undefined) yield event;
    }
  }
}
