/**
 * Returns whether an address is immutable. Bytes in an address can be changed even if the object is frozen, so each
 * receiver must get its own copy of such an address.
 */
export function isImmutable(address: object): boolean {
  return Object.isFrozen(address) && Object.values(address).every(value => typeof value !== 'object');
}
