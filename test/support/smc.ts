/** Whether there is SMC. Debian built its kernels with it until 6.12: what newer ones lack is not owed in the guest. */
import { AF_SMC, SOCK_STREAM } from 'berkeley';
import { hasSocket, isLinuxSince, needsSocket, type Skip } from './kernel.js';

/** Skips where the kernel makes no socket of AF_SMC. */
export const needsSmc: Skip =
  isLinuxSince('6.13') && !hasSocket(AF_SMC, SOCK_STREAM)
    ? 'needs AF_SMC, which Debian’s newer kernels lack: npm run test:vm'
    : needsSocket('AF_SMC', AF_SMC, SOCK_STREAM);
