/**
 * Returns whether nobody can change what an address says. The bytes of a name can be written to even in a frozen object, so
 * such an address is never given out twice: each receiver gets bytes of its own.
 */
export function isImmutable(address: object): boolean {
  return Object.isFrozen(address) && Object.values(address).every(value => typeof value !== 'object');
}
