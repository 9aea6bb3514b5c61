import type { Face } from '../../support/face.js';

/** What a kernel does otherwise for some kind of socket than for all others, or otherwise than Linux. */
export interface Difference {
  /** What the rows' names begin with. */
  readonly rows: string;
  /** What the behaviours' names begin with; several, where they have one reason. */
  readonly behaviours: readonly string[];
  /** What it does, and where its source says so. */
  readonly why: string;
  /** How the behaviour fails then, which is tried too; it is not run where this is absent. */
  readonly fails?: RegExp;
  /** It waits for ever: tried in the promise face, where a wait can be given up. */
  readonly waits?: true;
  /** The only form of calls that differs. */
  readonly face?: Face['name'];
  /** The first Linux that does as all others. */
  readonly until?: string;
  /** The system that differs: Windows, or only Wine in its place; Linux where absent. */
  readonly on?: 'win32' | 'wine';
}
