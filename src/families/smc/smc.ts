/**
 * AF_SMC: stream sockets that use RDMA or shared memory if both peers support it, and TCP otherwise. af_smc(7), RFC
 * 7609.
 */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom, moduleRow } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import { adviseInternet } from '../inet/advice.js';
import { inet } from '../inet/inet.js';
import { inet6 } from '../inet6/inet6.js';
import {
  describeSmc,
  encodeSmc,
  isInet6,
  isPureSmc,
  isResolvedSmc,
  type SmcAddressInput,
} from './address.js';
import { AF_SMC, SMCPROTO_SMC6 } from './constants.js';

const moduleAdvice = adviceFrom([moduleRow('AF_SMC', 'smc')]);

/** SMCPROTO_SMC6 is the protocol over IPv6. */
const isSmc6 = ({ protocol }: Failure): boolean => protocol === SMCPROTO_SMC6;

export const smc: FamilyDriver<'smc'> = {
  name: 'smc',
  number: AF_SMC,
  advise: failure =>
    moduleAdvice(failure) ??
    adviseInternet({ ...failure, protocol: 0, family: isSmc6(failure) ? 'inet6' : 'inet' }),
  encode: encodeSmc,
  isPure: isPureSmc,
  // The kernel returns addresses with the family AF_INET or AF_INET6, and the drivers of these families decode them.
  decode: () => undefined,
  format: address => (address.family === 'inet6' ? inet6.format(address) : inet.format(address)),
  parse: () => undefined,
  describe: describeSmc,
  isResolved: isResolvedSmc,
  resolve: (address, wait) =>
    (isInet6(address)
      ? inet6.resolve!(address, wait)
      : inet.resolve!(address, wait)) as Promise<SmcAddressInput>,
  resolveSync: address =>
    (isInet6(address) ? inet6.resolveSync!(address) : inet.resolveSync!(address)) as SmcAddressInput,
};
