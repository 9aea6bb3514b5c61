import type { Subject } from '../subject.js';

/** Shared Memory Communications: stream sockets that use RDMA or shared memory if possible, and TCP otherwise. */
export const smc: Subject = {
  name: 'SMC',
  constants: 'src/families/smc/constants.ts',
  headers: { linux: ['sys/socket.h', 'linux/smc.h'] },
  groups: [
    {
      about: 'Shared Memory Communications, RFC 7609.',
      man: 'af_smc(7)',
      family: 'smc',
      names: `
        AF_SMC: Shared Memory Communications; it uses the addresses of TCP.
        PF_SMC: The same number as AF_SMC.`,
    },
    {
      about: 'The protocol of a socket of AF_SMC, the third argument of `new Socket`.',
      kind: 'protocol',
      man: 'af_smc(7)',
      names: `
        SMCPROTO_SMC: Over IPv4.
        SMCPROTO_SMC6: Over IPv6.`,
    },
    {
      about: 'A socket option of level SOL_SMC.',
      kind: 'option',
      man: 'Documentation/networking/smc-sysctl.rst',
      names: 'SMC_LIMIT_HS: Whether to skip handshakes while there are too many.',
    },
  ],
};
