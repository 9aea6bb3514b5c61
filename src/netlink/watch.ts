/** Changes of links, addresses, routes and neighbours, as they happen: what `ip monitor` prints. */

import { invalidValue } from '../errors/argument.js';
import {
  NETLINK_ROUTE,
  RTM_DELADDR,
  RTM_DELLINK,
  RTM_DELNEIGH,
  RTM_DELROUTE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
  RTM_NEWROUTE,
} from '../families/netlink/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type LinkAddress, parseLinkAddress } from './address.js';
import * as c from './constants.js';
import { type Link, parseLink } from './link.js';
import { type NetlinkMessage, parseNetlinkMessages } from './message.js';
import { type Neighbour, parseNeighbour } from './neighbour.js';
import { type News, newsOf, openGroups } from './news.js';
import { parseRoute, type Route } from './route.js';

/** A change. `removed` tells one that is gone from one that is new or has changed. */
export type RouteEvent =
  | { readonly kind: 'link'; readonly removed: boolean; readonly link: Link }
  | { readonly kind: 'address'; readonly removed: boolean; readonly address: LinkAddress }
  | { readonly kind: 'route'; readonly removed: boolean; readonly route: Route }
  | { readonly kind: 'neighbour'; readonly removed: boolean; readonly neighbour: Neighbour }
  /** The kernel had more to tell than the socket could hold (ENOBUFS): list anew what you know. */
  | { readonly kind: 'lost' };

/** What {@link watchRoutes} can watch. */
export type RouteEventKind = 'link' | 'address' | 'route' | 'neighbour';

/** A kind of change: its groups, its messages, and what they hold. */
interface Row {
  readonly kind: RouteEventKind;
  readonly groups: readonly number[];
  readonly added: number;
  readonly removed: number;
  parse(payload: Buffer): unknown;
}

const rows: readonly Row[] = [
  { kind: 'link', groups: [c.RTNLGRP_LINK], added: RTM_NEWLINK, removed: RTM_DELLINK, parse: parseLink },
  {
    kind: 'address',
    groups: [c.RTNLGRP_IPV4_IFADDR, c.RTNLGRP_IPV6_IFADDR],
    added: RTM_NEWADDR,
    removed: RTM_DELADDR,
    parse: parseLinkAddress,
  },
  {
    kind: 'route',
    groups: [c.RTNLGRP_IPV4_ROUTE, c.RTNLGRP_IPV6_ROUTE],
    added: RTM_NEWROUTE,
    removed: RTM_DELROUTE,
    parse: parseRoute,
  },
  {
    kind: 'neighbour',
    groups: [c.RTNLGRP_NEIGH],
    added: RTM_NEWNEIGH,
    removed: RTM_DELNEIGH,
    parse: parseNeighbour,
  },
];

function groupsOf(wanted: RouteEventKind): readonly number[] {
  const row = rows.find(({ kind }) => kind === wanted);
  if (row === undefined)
    throw invalidValue('kinds', `must be of ${rows.map(({ kind }) => `'${kind}'`).join(', ')}`, wanted);
  return row.groups;
}

function eventOf({ type, payload }: NetlinkMessage): RouteEvent | undefined {
  const row = rows.find(({ added, removed }) => type === added || type === removed);
  const value = row?.parse(payload);
  if (row === undefined || value === undefined) return undefined;
  return { kind: row.kind, removed: type === row.removed, [row.kind]: value } as unknown as RouteEvent;
}

function eventsOf(data: Buffer): RouteEvent[] {
  return parseNetlinkMessages(data)
    .map(eventOf)
    .filter(event => event !== undefined);
}

/**
 * Changes, as they happen, for as long as the loop goes on. They are collected from the call on, not from the first
 * `next`: list after calling this, and nothing falls in between.
 *
 * ```ts
 * for await (const event of watchRoutes(['address'])) console.log(event);
 * ```
 *
 * Whoever does not loop has to call `return()`, which closes the socket; or says `await using`.
 *
 * @param kinds of changes; links, addresses and routes by default
 * @param wait a signal to end it; a timeout for each change
 * @throws TypeError if one of `kinds` is none
 */
export function watchRoutes(
  kinds: readonly RouteEventKind[] = ['link', 'address', 'route'],
  wait?: WaitOptions,
): News<RouteEvent> {
  const groups = kinds.flatMap(groupsOf);
  return newsOf(openGroups(NETLINK_ROUTE, groups), eventsOf, { kind: 'lost' }, wait);
}
