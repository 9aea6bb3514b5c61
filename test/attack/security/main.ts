/** The security part of the attack: see ../part.ts. */
import { attack } from '../part.js';
import { scenes } from './scenes.js';

await attack('security', scenes);
