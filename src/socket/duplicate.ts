import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';

/** Makes a descriptor of our own for the same open file, so that nobody else can close it and have its number reused. */
export function duplicate(fd: number): number {
  return checked(binding.dup(fd), 'dup');
}

/** Closes a descriptor that {@link duplicate} made. */
export function closeDuplicate(fd: number): void {
  binding.close(fd);
}
