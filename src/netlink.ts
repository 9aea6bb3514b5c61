/**
 * Netlink messages, requests, and what they say of links, addresses, routes, neighbours, sockets and devices:
 * `berkeley/netlink`. Names only.
 */

export {
  attributeNumber,
  attributeText,
  listNetlinkAttributes,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  packNetlinkAttributes,
  parseNetlinkAttributes,
} from './layout/netlink-attributes.js';
export {
  type NetlinkAcknowledgement,
  type NetlinkError,
  parseNetlinkAcknowledgement,
} from './netlink/acknowledgement.js';
export { type LinkAddress, parseLinkAddress } from './netlink/address.js';
export { NetlinkConnection } from './netlink/connection.js';
export * from './netlink/constants.js';
export {
  type GenericFamily,
  type GenericMessage,
  type GenericMessageInput,
  type GenericOperation,
  listGenericFamilies,
  packGenericMessage,
  parseGenericFamily,
  parseGenericMessage,
  resolveGenericFamily,
  resolveGenericFamilySync,
} from './netlink/generic.js';
export type { IpFamily } from './netlink/ip-text.js';
export { type Link, parseLink } from './netlink/link.js';
export {
  listAddresses,
  listAddressesSync,
  listLinks,
  listLinksSync,
  listNeighbours,
  listNeighboursSync,
  listRoutes,
  listRoutesSync,
} from './netlink/list.js';
export {
  type NetlinkMessage,
  type NetlinkMessageInput,
  packNetlinkMessage,
  parseNetlinkMessages,
} from './netlink/message.js';
export { type Neighbour, parseNeighbour } from './netlink/neighbour.js';
export type { News } from './netlink/news.js';
export { type NextHop, parseRoute, type Route } from './netlink/route.js';
export {
  listSockets,
  listSocketsSync,
  parseSocketEntry,
  type SocketEntry,
  type SocketFilter,
} from './netlink/sockets.js';
export { type DeviceEvent, type DeviceNews, parseDeviceEvent, watchDevices } from './netlink/uevent.js';
export { type RouteEvent, type RouteEventKind, watchRoutes } from './netlink/watch.js';
