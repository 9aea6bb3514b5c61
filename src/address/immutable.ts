/**
 * Returns whether an address is immutable. Bytes in an address can be changed even if the object is frozen, so each
 * receiver must get its own copy of such an address.
 */
export function isImmutable(address: object): boolean {
  if (!Object.isFrozen(address)) return false;
  // This runs per datagram of some families, and Object.values would create an array.
  for (const key in address) if (typeof address[key as never] === 'object') return false;
  return true;
}
