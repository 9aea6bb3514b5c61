/**
 * AF_SMC: streams whose bytes go by RDMA, or by memory that both ends share, where they can, and by TCP elsewhere.
 * af_smc(7), RFC 7609.
 */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { inet } from '../inet/inet.js';
import { inet6 } from '../inet6/inet6.js';
import { describeSmc, encodeSmc, isInet6, isPureSmc, isResolvedSmc } from './address.js';
import { AF_SMC } from './constants.js';

export const smc: FamilyDriver<'smc'> = defineFamily({
  name: 'smc',
  number: AF_SMC,
  cure: ({ code }) => (code === 'EAFNOSUPPORT' ? 'modprobe smc' : undefined),
  encode: encodeSmc,
  isPure: isPureSmc,
  // The kernel's addresses say that they are of IPv4 or IPv6, and are read by those families.
  decode: () => undefined,
  format: address => (address.family === 'inet6' ? inet6.format(address) : inet.format(address)),
  parse: () => undefined,
  describe: describeSmc,
  isResolved: isResolvedSmc,
  resolve: (address, wait) =>
    isInet6(address) ? inet6.resolve!(address, wait) : inet.resolve!(address, wait),
  resolveSync: address => (isInet6(address) ? inet6.resolveSync!(address) : inet.resolveSync!(address)),
});
