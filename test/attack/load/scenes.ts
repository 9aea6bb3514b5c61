/** The scenes of the load part, in the order in which they run. */
import type { Scene } from '../part.js';
import { crowd } from './crowd.js';
import { cyclesOfAll } from './cycles.js';
import { floods } from './floods.js';
import { mixed } from './mixed.js';
import { peers } from './peers.js';
import { slowReaders } from './slow-readers.js';
import { workers } from './workers.js';

export const scenes: Readonly<Record<string, Scene>> = {
  crowd,
  cycles: cyclesOfAll,
  'slow readers': slowReaders,
  floods,
  workers,
  peers,
  'mixed traffic': mixed,
};
