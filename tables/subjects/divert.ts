import type { Subject } from '../subject.js';

export const divert: Subject = {
  name: 'divert',
  constants: 'src/families/divert/constants.ts',
  layout: 'src/families/divert/layout.ts',
  platform: 'freebsd',
  headers: { freebsd: ['sys/types.h', 'sys/socket.h', 'netinet/in.h'] },
  groups: [
    {
      about: 'The family of packets that the firewall diverts to a process.',
      man: 'divert(4)',
      family: 'divert',
      names: `
        AF_DIVERT: The family of packets that the firewall diverts to a process.
        PF_DIVERT: The same number as AF_DIVERT.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_in',
      about: 'a divert address. Its family is `AF_INET`; `sin_zero` contains the name of the interface.',
      fields: 'sin_len sin_family sin_port sin_addr sin_zero+ AF_INET=@AF_INET',
    },
  ],
};
