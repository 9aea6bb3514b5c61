/** All targets, by what their inputs cost. */

import { calls, computations } from './calls/calls.js';
import { addresses } from './readers/addresses.js';
import { can } from './readers/can.js';
import { controlMessages } from './readers/control.js';
import { netlinkMessages } from './readers/netlink.js';
import { options } from './readers/options.js';
import { text } from './readers/text.js';
import type { Target } from './target.js';

/** Readers, pairs of functions and functions that compute: some microseconds per input. */
export const fast: readonly Target[] = [
  ...addresses,
  ...controlMessages,
  ...netlinkMessages,
  ...can,
  ...options,
  ...text,
  ...computations,
];

/** Functions that make system calls: a millisecond and more per input. */
export const slow: readonly Target[] = calls;
