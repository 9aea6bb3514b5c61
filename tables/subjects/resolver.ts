import type { Subject } from '../subject.js';

export const resolver: Subject = {
  name: 'name resolution',
  constants: 'src/resolver/constants.ts',
  headers: {
    linux: ['netdb.h'],
    win32: ['winsock2.h', 'ws2tcpip.h'],
    darwin: ['netdb.h'],
  },
  groups: [
    {
      about: 'A flag of getaddrinfo().',
      man: 'getaddrinfo(3)',
      hex: true,
      names: `
        AI_PASSIVE: With no host, an address to bind and not to connect to.
        AI_CANONNAME: Give the canonical name too.
        AI_NUMERICHOST: The host is an address: look nothing up.
        AI_NUMERICSERV: The service is a port number: look nothing up.
        AI_V4MAPPED: Where there is no IPv6 address, give IPv4 ones mapped.
        AI_ALL: With AI_V4MAPPED, both.
        AI_ADDRCONFIG: Only families this machine has an address of.
        AI_IDN: Encode an internationalised name.
        AI_CANONIDN: Decode the canonical name.
        AI_IDN_ALLOW_UNASSIGNED: Deprecated, without effect.
        AI_IDN_USE_STD3_ASCII_RULES: Deprecated, without effect.`,
    },
    {
      about: 'A flag of getaddrinfo() that Linux never had.',
      man: 'getaddrinfo(3)',
      hex: true,
      headers: { linux: [] },
      names: `
        AI_V4MAPPED_CFG: AI_V4MAPPED where the system speaks IPv4 over IPv6 sockets.
        AI_DEFAULT: What macOS takes where no flag is given: AI_V4MAPPED_CFG and AI_ADDRCONFIG.
        AI_MASK: The flags that there are.
        AI_UNUSABLE: Addresses that this machine cannot reach too.
        AI_NON_AUTHORITATIVE: Answers that nobody vouches for too.
        AI_SECURE: Answers of a secure channel.
        AI_RETURN_PREFERRED_NAMES: Give the preferred names.
        AI_FQDN: Give the whole name, not the canonical one.
        AI_FILESERVER: The host is a file server.
        AI_DISABLE_IDN_ENCODING: Encode no internationalised name.`,
    },
    {
      about: 'An error of getaddrinfo() and getnameinfo().',
      man: 'gai_strerror(3)',
      names: `
        EAI_ADDRFAMILY: The host has no address of this family.
        EAI_AGAIN: The name server failed for now.
        EAI_BADFLAGS: Flags that make no sense.
        EAI_FAIL: The name server failed for good.
        EAI_FAMILY: The family is not supported.
        EAI_MEMORY: Out of memory.
        EAI_NODATA: The host exists and has no address.
        EAI_NONAME: The host or the service is not known.
        EAI_OVERFLOW: The buffer was too small.
        EAI_SERVICE: The service is not known for this socket type.
        EAI_SOCKTYPE: The socket type is not supported.
        EAI_SYSTEM: A system call failed: see errno.
        EAI_INPROGRESS: The request is not done.
        EAI_CANCELED: The request was cancelled.
        EAI_NOTCANCELED: The request could not be cancelled.
        EAI_ALLDONE: All requests were done already.
        EAI_INTR: A signal came.
        EAI_IDN_ENCODE: The internationalised name makes no sense.`,
    },
    {
      about: 'An error of getaddrinfo() that Linux never had.',
      man: 'gai_strerror(3)',
      headers: { linux: [] },
      names: `
        EAI_BADHINTS: Hints that make no sense.
        EAI_PROTOCOL: The protocol is not known.
        EAI_MAX: One more than the last of them.`,
    },
    {
      about: 'A flag of getnameinfo().',
      man: 'getnameinfo(3)',
      hex: true,
      names: `
        NI_NUMERICHOST: The host as an address.
        NI_NUMERICSERV: The service as a port number.
        NI_NOFQDN: Only the host’s own name for local hosts.
        NI_NAMEREQD: Fail where the host has no name.
        NI_DGRAM: The service of datagrams, where it differs.
        NI_IDN: Decode an internationalised name.
        NI_IDN_ALLOW_UNASSIGNED: Deprecated, without effect.
        NI_IDN_USE_STD3_ASCII_RULES: Deprecated, without effect.`,
    },
    {
      about: 'A flag of getnameinfo() that Linux never had.',
      man: 'getnameinfo(3)',
      hex: true,
      headers: { linux: [] },
      names: `
        NI_NUMERICSCOPE: The scope as a number.
        NI_WITHSCOPEID: With the scope.`,
    },
    {
      about: 'A limit of getnameinfo().',
      man: 'getnameinfo(3)',
      names: `
        NI_MAXHOST: Bytes that hold any host name.
        NI_MAXSERV: Bytes that hold any service name.`,
    },
    {
      about: 'An error of gethostbyname() and its kin (h_errno).',
      man: 'gethostbyname(3)',
      names: `
        HOST_NOT_FOUND: The host is not known.
        TRY_AGAIN: The name server failed for now.
        NO_RECOVERY: The name server failed for good.
        NO_DATA: The host exists and has no address.
        NO_ADDRESS: The same number as NO_DATA.
        NETDB_INTERNAL: A system call failed: see errno.
        NETDB_SUCCESS: No error.`,
    },
  ],
};
