/**
 * Options of SCTP, level IPPROTO_SCTP. RFC 6458. Most are of one association: read them with
 * `about(option, { association })`, and set them with `association` in the value; a connected socket needs neither.
 */
export * from './association.js';
export * from './bindx.js';
export * from './events.js';
export type {
  AssociationSwitch,
  AssociationValue,
  OfAssociation,
  SctpAddress,
} from './level.js';
export type { PeerInfo } from './peer-info.js';
export * from './peers.js';
export * from './sending.js';
export * from './streams.js';
