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
  crowd: {
    about:
      'Connections that are all open at the same time: held, echoed twice, and dropped, half of them by a reset.',
    limit: 150,
    run: crowd,
  },
  cycles: {
    about: 'Connections and sockets that open and close; the heap and the descriptors are as before.',
    limit: 240,
    run: cyclesOfAll,
  },
  'slow readers': {
    about: 'Data that is pending because the readers do not read: the process keeps no copy of it.',
    limit: 180,
    run: slowReaders,
  },
  floods: {
    about: 'A timer of 1 ms beside a flood that is received or sent without pause.',
    limit: 300,
    run: floods,
  },
  workers: {
    about: 'Workers that are ended in the middle of a call: each closes its descriptors.',
    limit: 240,
    run: workers,
  },
  peers: {
    about: 'Peers that are stopped and killed while data is on the way: no byte is lost.',
    limit: 240,
    run: peers,
  },
  'mixed traffic': {
    about:
      'Ten kinds of traffic for some time; heap, resident memory and descriptors stay flat. The growth is that of a line through the samples after the warm-up.',
    limit: 300,
    run: mixed,
  },
};
