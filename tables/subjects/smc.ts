import type { Subject } from '../subject.js';

/** Shared memory communications: streams whose bytes go by RDMA or shared memory where they can, and by TCP elsewhere. */
export const smc: Subject = {
  name: 'SMC',
  constants: 'src/families/smc/constants.ts',
  headers: { linux: ['sys/socket.h', 'linux/smc.h'] },
  groups: [
    {
      about: 'Shared memory communications, RFC 7609.',
      man: 'af_smc(7)',
      family: 'smc',
      names: `
        AF_SMC: Shared memory communications, under TCP’s addresses.
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
      names: 'SMC_LIMIT_HS: Whether handshakes are left out when there are too many at once.',
    },
  ],
};
