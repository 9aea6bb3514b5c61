import type { Clock } from './deadline.js';
import type { Outcome } from './outcome.js';
import type { Settings } from './settings.js';

/** A question that a benchmark answers. */
export interface Question {
  /** Its name on the command line. */
  readonly name: string;
  readonly title: string;
  /** Measures in rounds, until there are enough or the time has run out. */
  answer(settings: Settings, clock: Clock): Promise<Outcome>;
}
