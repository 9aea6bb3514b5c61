import type { Subject } from '../subject.js';

export const divert: Subject = {
  name: 'divert',
  constants: 'src/families/divert/constants.ts',
  layout: 'src/families/divert/layout.ts',
  platform: 'freebsd',
  headers: { freebsd: ['sys/types.h', 'sys/socket.h', 'netinet/in.h'] },
  groups: [
    {
      about: 'The family of packets that the firewall diverts.',
      man: 'divert(4)',
      family: 'divert',
      names: `
        AF_DIVERT: The family of packets that the firewall diverts.
        PF_DIVERT: The same number as AF_DIVERT.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_in',
      about: 'a divert address; the interface’s name is hidden in `sin_zero`. Its family says `AF_INET`.',
      fields: 'sin_len sin_family sin_port sin_addr sin_zero+ AF_INET=@AF_INET',
    },
  ],
};
