/** The scenes of the security part, in the order in which they run. */
import type { Scene } from '../part.js';
import { bytes } from './bytes.js';
import { inheritance } from './inheritance.js';

export const scenes: Readonly<Record<string, Scene>> = {
  'bytes that leave and arrive': bytes,
  inheritance,
};
