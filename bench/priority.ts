import { setPriority } from 'node:os';

/** Higher than that of other programs, but not so high that the system's own have to wait. */
const HIGH = -10;

/**
 * Raises the priority of this process and of its future children, if the user may do that, so that other programs
 * disturb the measurements less.
 */
export function raisePriority(): void {
  try {
    setPriority(HIGH);
  } catch {
    // Only a privileged user can. The spread of the rounds shows what other programs do to a run.
  }
}
