import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';

/**
 * Duplicates a file descriptor. The duplicate refers to the same open file, and other code cannot close it or reuse
 * its number.
 */
export function duplicate(fd: number): number {
  return checked(binding.dup(fd), 'dup');
}

/** Closes a file descriptor that {@link duplicate} created. */
export function closeDuplicate(fd: number): void {
  binding.close(fd);
}
