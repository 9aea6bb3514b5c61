/** Entry point `berkeley/netlink`: netlink messages, requests, lists and notifications. */

export { tcpStateName } from './families/inet/tcp-state.js';
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
export {
  NetlinkConnection,
  type NetlinkRequestOptions,
  type SyncNetlinkRequestOptions,
} from './netlink/connection.js';
export * from './netlink/constants.js';
export {
  type GenericFamily,
  type GenericMessage,
  type GenericMessageInput,
  type GenericOperation,
  listGenericFamilies,
  listGenericFamiliesSync,
  packGenericMessage,
  parseGenericFamily,
  parseGenericMessage,
  resolveGenericFamily,
  resolveGenericFamilySync,
} from './netlink/generic.js';
export type { IpFamily } from './netlink/ip-text.js';
export { type Link, type LinkInput, packLink, parseLink } from './netlink/link.js';
export {
  type LinkAddress,
  type LinkAddressInput,
  packLinkAddress,
  parseLinkAddress,
} from './netlink/link-address.js';
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
  type ListSocketsOptions,
  type ListUnixSocketsOptions,
  listSockets,
  listSocketsSync,
  type SyncListSocketsOptions,
  type SyncListUnixSocketsOptions,
} from './netlink/list-sockets.js';
export {
  type NetlinkMessage,
  type NetlinkMessageInput,
  packNetlinkMessage,
  parseNetlinkMessages,
} from './netlink/message.js';
export { type Neighbour, type NeighbourInput, packNeighbour, parseNeighbour } from './netlink/neighbour.js';
export {
  type NextHop,
  type NextHopInput,
  packRoute,
  parseRoute,
  type Route,
  type RouteInput,
} from './netlink/route.js';
export type { SocketOwner } from './netlink/socket-owners.js';
export { parseSocketEntry, type SocketEntry, type SocketFilter } from './netlink/sockets.js';
export type { Subscription } from './netlink/subscription.js';
export {
  type DeviceEvent,
  type DeviceNotification,
  parseDeviceEvent,
  watchDevices,
} from './netlink/uevent.js';
export {
  parseUnixSocketEntry,
  type UnixSocketEntry,
  type UnixSocketFilter,
} from './netlink/unix-sockets.js';
export {
  type RouteEvent,
  type RouteEventKind,
  type WatchRoutesOptions,
  watchRoutes,
} from './netlink/watch-routes.js';
