/** Answers of the kernel that say themselves how much they hold. */
import { socketErrorOf } from '../errors/errors.js';

/**
 * Checks the count in an answer against the bytes that came. More than fits is an error, never a value with its end
 * missing.
 *
 * @param count what the answer says
 * @param most how many the bytes can hold
 * @param what the elements: `'sources'`
 * @throws SocketError `EMSGSIZE`
 */
export function checkCount(count: number, most: number, what: string): number {
  if (count <= most) return count;
  const message = `getsockopt: the answer has ${count} ${what}, and ${Math.max(0, Math.floor(most))} fit in its bytes`;
  throw socketErrorOf('EMSGSIZE', { syscall: 'getsockopt', message });
}
