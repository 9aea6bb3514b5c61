/** Changes of links, addresses, routes and neighbours, as `ip monitor` prints them. */

import { checkArray, invalidValue } from '../errors/argument.js';
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
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import * as c from './constants.js';
import { type Link, parseLink } from './link.js';
import { type LinkAddress, parseLinkAddress } from './link-address.js';
import { type NetlinkMessage, parseNetlinkMessages } from './message.js';
import { type Neighbour, parseNeighbour } from './neighbour.js';
import { parseRoute, type Route } from './route.js';
import { type Subscription, subscribe } from './subscription.js';

/**
 * A notification of {@link watchRoutes}. `removed` is true for an object that was deleted, false for a new or changed one.
 *
 * The object is in the property that has the name of its kind. The other properties are absent, and `undefined` for the
 * compiler. So `kind` selects the type, and so does the presence of an object, also after destructuring:
 *
 * ```ts
 * for await (const { kind, removed, link, address } of watchRoutes()) {
 *   if (kind === 'lost') …
 *   else if (address) console.log(removed ? 'removed' : 'new', address.address);
 *   else if (link) console.log(link.name, link.flags);
 * }
 * ```
 */
export type RouteEvent =
  | {
      readonly kind: 'link';
      readonly removed: boolean;
      readonly link: Link;
      readonly address?: undefined;
      readonly route?: undefined;
      readonly neighbour?: undefined;
    }
  | {
      readonly kind: 'address';
      readonly removed: boolean;
      readonly link?: undefined;
      readonly address: LinkAddress;
      readonly route?: undefined;
      readonly neighbour?: undefined;
    }
  | {
      readonly kind: 'route';
      readonly removed: boolean;
      readonly link?: undefined;
      readonly address?: undefined;
      readonly route: Route;
      readonly neighbour?: undefined;
    }
  | {
      readonly kind: 'neighbour';
      readonly removed: boolean;
      readonly link?: undefined;
      readonly address?: undefined;
      readonly route?: undefined;
      readonly neighbour: Neighbour;
    }
  /** The receive buffer was full and the kernel dropped notifications (ENOBUFS). List the objects again. */
  | {
      readonly kind: 'lost';
      readonly removed?: undefined;
      readonly link?: undefined;
      readonly address?: undefined;
      readonly route?: undefined;
      readonly neighbour?: undefined;
    };

/** A kind of object that {@link watchRoutes} watches. */
export type RouteEventKind = 'link' | 'address' | 'route' | 'neighbour';

/** The options of {@link watchRoutes}. */
export interface WatchRoutesOptions extends WaitOptions {
  /** The kinds of objects to watch. Links, addresses and routes by default. */
  readonly kinds?: readonly RouteEventKind[] | undefined;
}

/** A kind of object: its multicast groups, its message types and its parser. */
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
    throw invalidValue(
      'options.kinds',
      `must only contain ${rows.map(({ kind }) => `'${kind}'`).join(', ')}`,
      wanted,
    );
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

function checkKinds(kinds: readonly RouteEventKind[] | undefined): readonly RouteEventKind[] {
  if (kinds === undefined) return ['link', 'address', 'route'];
  checkArray(kinds, 'options.kinds');
  return kinds;
}

/**
 * Watches links, addresses, routes and neighbours. Notifications are collected from this call on, so a list that is
 * requested afterwards misses nothing.
 *
 * ```ts
 * for await (const { removed, address } of watchRoutes({ kinds: ['address'] }))
 *   if (address) console.log(removed ? 'removed' : 'new', address.address);
 * ```
 *
 * The end of the loop closes the socket. Without a loop, call `return()` or declare the subscription with `await using`.
 *
 * @param options `kinds` of objects; a `signal` that ends the subscription; a `timeout` (milliseconds) for each event
 * @throws TypeError naming the option
 */
export function watchRoutes(options?: WatchRoutesOptions): Subscription<RouteEvent> {
  const wait = checkWaitOptions(options, ['kinds']);
  const groups = checkKinds(options?.kinds).flatMap(groupsOf);
  return subscribe({ protocol: NETLINK_ROUTE, groups, lost: { kind: 'lost' }, parse: eventsOf }, wait);
}
