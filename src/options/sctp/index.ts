/**
 * Options of SCTP, level IPPROTO_SCTP. RFC 6458. Most belong to one association. On a connected socket the association
 * is implied. Otherwise read them with `withParameter(option, { association })`, and set them with `association` in the
 * value.
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
