import type { Face } from '../../support/face.js';

/**
 * A difference: a kernel handles one kind of socket differently from the others, or differently from Linux.
 */
export interface Difference {
  /** The prefix of the rows' names. */
  readonly rows: string;
  /** The prefix of the behaviours' names; several if they have one cause. */
  readonly behaviours: readonly string[];
  /** What the kernel does, and where its source says so. */
  readonly why: string;
  /** The expected failure of the behaviour, which is tested too. If absent, the behaviour does not run. */
  readonly fails?: RegExp;
  /** The behaviour waits indefinitely. It is tested in the promise face, in which a wait can be aborted. */
  readonly waits?: true;
  /** Only this face differs. */
  readonly face?: Face['name'];
  /** The first Linux version without the difference. */
  readonly until?: string;
  /** The system that differs: Windows, or Wine but not Windows. Linux if absent. */
  readonly on?: 'win32' | 'wine';
}
