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
  'bytes that leave and arrive': {
    about:
      'Unused memory is filled with a pattern; none of it is passed to the kernel or returned to the caller.',
    limit: 300,
    run: bytes,
  },
  inheritance: {
    about: 'Every descriptor is close-on-exec from its first moment, while another thread starts processes.',
    limit: 120,
    run: inheritance,
  },
  'floods of descriptors': {
    about:
      'Messages with as many descriptors as the kernel allows; none stays open that the caller does not have.',
    limit: 120,
    run: rightsFlood,
  },
  'credentials of a peer': {
    about: 'Forged credentials are refused, and received ones are those of the sender.',
    limit: 60,
    run: peerCredentials,
  },
  'paths of Unix sockets': {
    about: 'With the recipe of the security page, a path never has another mode, and is never missing.',
    limit: 120,
    run: paths,
  },
  'permission models': {
    about: 'The permission models of Node.js and Deno: what the package needs, and the error without it.',
    limit: 120,
    run: permissions,
  },
  capabilities: {
    about: 'Each operation that needs a capability fails as the security page says, as nobody.',
    limit: 60,
    run: capabilities,
  },
  'the supply chain': {
    about: 'The published package has no dependency and no script that runs at installation.',
    limit: 60,
    run: supplyChain,
  },
};
