import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';

/**
 * Duplicates a file descriptor. The duplicate refers to the same open file, and other code cannot close it or reuse
 * its number.
 */
export function duplicate(fd: number): number {
  return checked(binding.dup(fd), 'dup');
}

/** Duplicates a file descriptor of `node:fs`, or else a socket: on Windows both can have the same number. */
export function duplicateFile(fd: number): number {
  return checked(binding.dupFile(fd), 'dup');
}

/** Closes a file descriptor that one of these functions created. */
export function closeDuplicate(fd: number): void {
  binding.close(fd);
}
