/** Links, addresses, routes and neighbours as text, in the form of `ip monitor`. */

import * as constants from 'berkeley/constants';
import type { Link, LinkAddress, Neighbour, NextHop, Route, RouteEvent } from 'berkeley/netlink';
import type { LinkNames } from './link-names.js';

/** The constants by their names. */
const numbers: Readonly<Record<string, number>> = constants as never;

/** Returns an event as one line, without its label. */
export function formatEvent(event: RouteEvent, names: LinkNames): string {
  switch (event.kind) {
    case 'link':
      return formatLink(event.link, names);
    case 'address':
      return formatLinkAddress(event.address, names);
    case 'route':
      return formatRoute(event.route, names);
    case 'neighbour':
      return formatNeighbour(event.neighbour, names);
    case 'lost':
      return 'the kernel dropped notifications: list again what you need';
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

function formatLink(link: Link, names: LinkNames): string {
  const flags = linkFlags.filter(name => (link.flags & numbers[`IFF_${name}`]!) !== 0);
  return [
    `${link.index}:`,
    link.lower === undefined ? `${link.name}:` : `${link.name}@${names.of(link.lower)}:`,
    `<${flags.join(',')}>`,
    ...part('mtu', link.mtu),
    ...part('qdisc', link.queueing),
    ...part('master', link.master === undefined ? undefined : names.of(link.master)),
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

function formatLinkAddress(address: LinkAddress, names: LinkNames): string {
  return [
    `${address.index}:`,
    names.of(address.index),
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

function formatRoute(route: Route, names: LinkNames): string {
  const all = route.family === 'inet6' ? 128 : 32;
  const prefix = route.prefixLength === all ? '' : `/${route.prefixLength}`;
  return [
    route.destination === undefined ? 'default' : `${route.destination}${prefix}`,
    ...part('via', route.gateway),
    ...part('dev', route.index === undefined ? undefined : names.of(route.index)),
    ...part(
      'table',
      route.table === constants.RT_TABLE_MAIN ? undefined : (tables.get(route.table) ?? route.table),
    ),
    ...part('src', route.preferredSource),
    ...part('metric', route.metric),
    ...route.nextHops.flatMap(hop => formatHop(hop, names)),
  ].join(' ');
}

function formatHop({ gateway, index, weight }: NextHop, names: LinkNames): string[] {
  return ['nexthop', ...part('via', gateway), ...part('dev', names.of(index)), ...part('weight', weight)];
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

function formatNeighbour(neighbour: Neighbour, names: LinkNames): string {
  const states = neighbourStates.filter(name => (neighbour.state & numbers[`NUD_${name}`]!) !== 0);
  return [
    neighbour.address ?? '?',
    ...part('dev', names.of(neighbour.index)),
    ...part('lladdr', neighbour.hardwareAddress),
    states.join(','),
  ].join(' ');
}
