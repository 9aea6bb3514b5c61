import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { own } from './lifetime.js';

/** A descriptor of our own for the same open file: nobody else can close it, and have its number mean another. */
export function duplicate(fd: number): number {
  const copy = checked(binding.dup(fd), 'dup');
  own(copy, true);
  return copy;
}

/** Closes what {@link duplicate} made. */
export function closeDuplicate(fd: number): void {
  own(fd, false);
  binding.close(fd);
}
