/** The scenes of the security part, in the order in which they run. */
import type { Scene } from '../part.js';
import { bytes } from './bytes.js';
import { capabilities } from './capabilities.js';
import { inheritance } from './inheritance.js';
import { paths } from './paths.js';
import { peerCredentials } from './peer-credentials.js';
import { permissions } from './permissions.js';
import { rightsFlood } from './rights.js';
import { supplyChain } from './supply-chain.js';

export const scenes: Readonly<Record<string, Scene>> = {
  'bytes that leave and arrive': bytes,
  inheritance,
  'floods of descriptors': rightsFlood,
  'credentials of a peer': peerCredentials,
  'paths of Unix sockets': paths,
  'permission models': permissions,
  capabilities,
  'the supply chain': supplyChain,
};
