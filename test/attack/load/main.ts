/** The load and soak part of the attack: see ../part.ts. */
import { attack } from '../part.js';
import { scenes } from './scenes.js';

await attack('load', scenes);
