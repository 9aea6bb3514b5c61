/** Links, addresses, routes and neighbours as text, in the form of `ip monitor`. */

import { if_indextoname } from 'berkeley';
import * as constants from 'berkeley/constants';
import type { Link, LinkAddress, Neighbour, NextHop, Route, RouteEvent } from 'berkeley/netlink';

/** The constants by their names. */
const numbers: Readonly<Record<string, number>> = constants as never;

/** Returns an event as one line, without its label. */
export function formatEvent(event: RouteEvent): string {
  switch (event.kind) {
    case 'link':
      return formatLink(event.link);
    case 'address':
      return formatLinkAddress(event.address);
    case 'route':
      return formatRoute(event.route);
    case 'neighbour':
      return formatNeighbour(event.neighbour);
    case 'lost':
      return 'the kernel dropped notifications: list again what you need';
  }
}

/** The name of an interface; its index after it was deleted. */
function nameOf(index: number): string {
  try {
    return if_indextoname(index);
  } catch {
    return `if${index}`;
  }
}

/** A word and its value; nothing if there is no value. */
function part(word: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [word, String(value)];
}

const linkFlags = [
  'BROADCAST',
  'MULTICAST',
  'LOOPBACK',
  'POINTOPOINT',
  'NOARP',
  'PROMISC',
  'ALLMULTI',
  'MASTER',
  'SLAVE',
  'DORMANT',
  'UP',
  'LOWER_UP',
] as const;
const linkStates = ['UNKNOWN', 'NOTPRESENT', 'DOWN', 'LOWERLAYERDOWN', 'TESTING', 'DORMANT', 'UP'];

function formatLink(link: Link): string {
  const flags = linkFlags.filter(name => (link.flags & numbers[`IFF_${name}`]!) !== 0);
  return [
    `${link.index}:`,
    link.lower === undefined ? `${link.name}:` : `${link.name}@${nameOf(link.lower)}:`,
    `<${flags.join(',')}>`,
    ...part('mtu', link.mtu),
    ...part('qdisc', link.queueing),
    ...part('master', link.master === undefined ? undefined : nameOf(link.master)),
    ...part('state', linkStates[link.operationalState] ?? link.operationalState),
    ...part('address', link.hardwareAddress),
    ...part('kind', link.kind),
  ].join(' ');
}

const scopes: ReadonlyMap<number, string> = new Map([
  [constants.RT_SCOPE_UNIVERSE, 'global'],
  [constants.RT_SCOPE_SITE, 'site'],
  [constants.RT_SCOPE_LINK, 'link'],
  [constants.RT_SCOPE_HOST, 'host'],
  [constants.RT_SCOPE_NOWHERE, 'nowhere'],
]);

function formatLinkAddress(address: LinkAddress): string {
  return [
    `${address.index}:`,
    nameOf(address.index),
    address.family,
    `${address.address}/${address.prefixLength}`,
    ...part('peer', address.peer === address.address ? undefined : address.peer),
    ...part('broadcast', address.broadcast),
    ...part('scope', scopes.get(address.scope) ?? address.scope),
  ].join(' ');
}

const tables: ReadonlyMap<number, string> = new Map([
  [constants.RT_TABLE_LOCAL, 'local'],
  [constants.RT_TABLE_DEFAULT, 'default'],
]);

function formatRoute(route: Route): string {
  const all = route.family === 'inet6' ? 128 : 32;
  const prefix = route.prefixLength === all ? '' : `/${route.prefixLength}`;
  return [
    route.destination === undefined ? 'default' : `${route.destination}${prefix}`,
    ...part('via', route.gateway),
    ...part('dev', route.index === undefined ? undefined : nameOf(route.index)),
    ...part(
      'table',
      route.table === constants.RT_TABLE_MAIN ? undefined : (tables.get(route.table) ?? route.table),
    ),
    ...part('src', route.preferredSource),
    ...part('metric', route.metric),
    ...route.nextHops.flatMap(formatHop),
  ].join(' ');
}

function formatHop({ gateway, index, weight }: NextHop): string[] {
  return ['nexthop', ...part('via', gateway), ...part('dev', nameOf(index)), ...part('weight', weight)];
}

const neighbourStates = [
  'INCOMPLETE',
  'REACHABLE',
  'STALE',
  'DELAY',
  'PROBE',
  'FAILED',
  'NOARP',
  'PERMANENT',
] as const;

function formatNeighbour(neighbour: Neighbour): string {
  const states = neighbourStates.filter(name => (neighbour.state & numbers[`NUD_${name}`]!) !== 0);
  return [
    neighbour.address ?? '?',
    ...part('dev', nameOf(neighbour.index)),
    ...part('lladdr', neighbour.hardwareAddress),
    states.join(','),
  ].join(' ');
}
