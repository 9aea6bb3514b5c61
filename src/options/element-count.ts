/** Checks the element counts in option values of the kernel. */
import { socketErrorOf } from '../errors/errors.js';

/**
 * Checks the count in an answer against the received bytes. If it is greater, it throws, so that a truncated value is
 * never returned.
 *
 * @param count the count in the answer
 * @param most the number of elements that fit in the bytes
 * @param what the elements: `'sources'`
 * @throws SocketError `EMSGSIZE`
 */
export function checkCount(count: number, most: number, what: string): number {
  if (count <= most) return count;
  const message = `getsockopt: the answer has ${count} ${what}, and ${Math.max(0, Math.floor(most))} fit in its bytes`;
  throw socketErrorOf('EMSGSIZE', { syscall: 'getsockopt', message });
}
