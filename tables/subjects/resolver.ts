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
        AI_PASSIVE: Without a host, return the wildcard address for bind() instead of the loopback address.
        AI_CANONNAME: Return the canonical name too.
        AI_NUMERICHOST: The host is an address; do not resolve it.
        AI_NUMERICSERV: The service is a port number; do not resolve it.
        AI_V4MAPPED: Return IPv4-mapped addresses if there are no IPv6 addresses.
        AI_ALL: With AI_V4MAPPED, return both.
        AI_ADDRCONFIG: Return only addresses of families that this machine has an address of.
        AI_IDN: Encode an internationalized host name.
        AI_CANONIDN: Decode the canonical name.
        AI_IDN_ALLOW_UNASSIGNED: Deprecated; has no effect.
        AI_IDN_USE_STD3_ASCII_RULES: Deprecated; has no effect.`,
    },
    {
      about: 'A flag of getaddrinfo() that Linux does not have.',
      man: 'getaddrinfo(3)',
      hex: true,
      headers: { linux: [] },
      names: `
        AI_V4MAPPED_CFG: AI_V4MAPPED if the system supports IPv4 on IPv6 sockets.
        AI_DEFAULT: The flags that macOS uses by default: AI_V4MAPPED_CFG and AI_ADDRCONFIG.
        AI_MASK: The mask of all flags.
        AI_UNUSABLE: Return unreachable addresses too.
        AI_NON_AUTHORITATIVE: Return answers that are not authoritative too.
        AI_SECURE: Return only answers from a secure channel.
        AI_RETURN_PREFERRED_NAMES: Return the preferred names.
        AI_FQDN: Return the fully qualified name, not the canonical name.
        AI_FILESERVER: The host is a file server.
        AI_DISABLE_IDN_ENCODING: Do not encode internationalized names.`,
    },
    {
      about: 'An error of getaddrinfo() and getnameinfo().',
      man: 'gai_strerror(3)',
      names: `
        EAI_ADDRFAMILY: The host has no address of this family.
        EAI_AGAIN: The name server failed temporarily.
        EAI_BADFLAGS: The flags are invalid.
        EAI_FAIL: The name server failed permanently.
        EAI_FAMILY: The family is not supported.
        EAI_MEMORY: Out of memory.
        EAI_NODATA: The host exists and has no address.
        EAI_NONAME: The host or the service is unknown.
        EAI_OVERFLOW: The buffer was too small.
        EAI_SERVICE: The service is not available for this socket type.
        EAI_SOCKTYPE: The socket type is not supported.
        EAI_SYSTEM: A system call failed: see errno.
        EAI_INPROGRESS: The request is in progress.
        EAI_CANCELED: The request was canceled.
        EAI_NOTCANCELED: The request could not be canceled.
        EAI_ALLDONE: All requests were already completed.
        EAI_INTR: A signal interrupted the call.
        EAI_IDN_ENCODE: The internationalized name is invalid.`,
    },
    {
      about: 'An error of getaddrinfo() that Linux does not have.',
      man: 'gai_strerror(3)',
      headers: { linux: [] },
      names: `
        EAI_BADHINTS: The hints are invalid.
        EAI_PROTOCOL: The protocol is unknown.
        EAI_MAX: One more than the last error number.`,
    },
    {
      about: 'A flag of getnameinfo().',
      man: 'getnameinfo(3)',
      hex: true,
      names: `
        NI_NUMERICHOST: Return the host as an address.
        NI_NUMERICSERV: Return the service as a port number.
        NI_NOFQDN: Return only the name without the domain for local hosts.
        NI_NAMEREQD: Fail if the host has no name.
        NI_DGRAM: Return the service for datagrams, if it differs.
        NI_IDN: Decode an internationalized name.
        NI_IDN_ALLOW_UNASSIGNED: Deprecated; has no effect.
        NI_IDN_USE_STD3_ASCII_RULES: Deprecated; has no effect.`,
    },
    {
      about: 'A flag of getnameinfo() that Linux does not have.',
      man: 'getnameinfo(3)',
      hex: true,
      headers: { linux: [] },
      names: `
        NI_NUMERICSCOPE: Return the scope as a number.
        NI_WITHSCOPEID: Include the scope.`,
    },
    {
      about: 'A limit of getnameinfo().',
      man: 'getnameinfo(3)',
      names: `
        NI_MAXHOST: The maximum length of a host name, in bytes.
        NI_MAXSERV: The maximum length of a service name, in bytes.`,
    },
    {
      about: 'An error of gethostbyname() and similar functions (h_errno).',
      man: 'gethostbyname(3)',
      names: `
        HOST_NOT_FOUND: The host is unknown.
        TRY_AGAIN: The name server failed temporarily.
        NO_RECOVERY: The name server failed permanently.
        NO_DATA: The host exists and has no address.
        NO_ADDRESS: The same number as NO_DATA.
        NETDB_INTERNAL: A system call failed: see errno.
        NETDB_SUCCESS: No error.`,
    },
  ],
};
