/**
 * Whether SMC is available. Debian's kernels include it until 6.12, so the guest does not require it with newer ones.
 */
import { AF_SMC, SOCK_STREAM } from 'berkeley';
import { hasSocket, isLinuxSince, needsSocket, type Skip } from './kernel.js';

/** Skips if the kernel does not support AF_SMC sockets. */
export const needsSmc: Skip =
  isLinuxSince('6.13') && !hasSocket(AF_SMC, SOCK_STREAM)
    ? 'needs AF_SMC, which Debian’s newer kernels lack: npm run test:vm'
    : needsSocket('AF_SMC', AF_SMC, SOCK_STREAM);
