/**
 * Options of SCTP, level IPPROTO_SCTP. RFC 6458. Most are of one association: read them with
 * `withParameter(option, { association })`, and set them with `association` in the value; a connected socket needs neither.
 */

export type {
  AssociationSwitch,
  AssociationValue,
  InitMessage,
  OfAssociation,
  PeerInfo,
  SctpAddress,
  SendInfo,
} from '../../families/inet/sctp-structures.js';
export * from './association.js';
export * from './bindx.js';
export * from './events.js';
export * from './peers.js';
export * from './sending.js';
export * from './streams.js';
