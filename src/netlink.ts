/** Netlink messages, requests, and what they say of links, addresses and routes: `berkeley/netlink`. Names only. */
export {
  attributeNumber,
  attributeText,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  packNetlinkAttributes,
  parseNetlinkAttributes,
} from './netlink/attributes.js';
export { NetlinkConnection } from './netlink/connection.js';
export * from './netlink/constants.js';
export {
  type NetlinkMessage,
  type NetlinkMessageInput,
  packNetlinkMessage,
  parseNetlinkMessages,
} from './netlink/message.js';
export {
  type Link,
  type LinkAddress,
  listAddresses,
  listLinks,
  listRoutes,
  parseLink,
  parseLinkAddress,
  parseRoute,
  type Route,
} from './netlink/route.js';
export { type RouteEvent, watchRoutes } from './netlink/watch.js';
