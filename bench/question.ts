import type { Contestant } from './contestant.js';
import type { Clock } from './deadline.js';
import type { Outcome } from './outcome.js';
import type { Settings } from './settings.js';

/** A question that a benchmark answers. */
export interface Question {
  /** Its name on the command line. */
  readonly name: string;
  readonly title: string;
  /** Its share of the time of a run, relative to other questions: the number of its contestants, if each needs one. */
  readonly weight: number;
  readonly contestants: readonly Contestant[];
  /** The number of its rounds, if not that of the settings. */
  readonly rounds?: number;
  /** Measures in rounds, until there are enough or the time has run out: each contestant once, if possible. */
  answer(settings: Settings, clock: Clock): Promise<Outcome>;
}

/** What is told of a contestant that a run had no time for. */
export const NO_TIME = 'no time left (name the question, or give --budget)';
