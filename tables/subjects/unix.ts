import type { Subject } from '../subject.js';

export const unix: Subject = {
  name: 'unix',
  constants: 'src/families/unix/constants.ts',
  layout: 'src/families/unix/layout.ts',
  headers: {
    linux: ['sys/socket.h', 'sys/un.h', 'linux/un.h'],
    win32: ['winsock2.h', 'ws2tcpip.h', 'afunix.h'],
    darwin: ['sys/socket.h', 'sys/un.h'],
  },
  groups: [
    {
      about: 'The Unix family: communication on one machine.',
      man: 'unix(7)',
      family: 'unix',
      headers: { linux: ['sys/socket.h'] },
      names: `
        AF_UNIX: The Unix family: communication on one machine.
        AF_LOCAL: The POSIX name of AF_UNIX.
        PF_UNIX: The same number as AF_UNIX.
        PF_LOCAL: The same number as AF_UNIX.
        AF_FILE: The name of AF_UNIX in the GNU C library.
        PF_FILE: The same number as AF_UNIX.`,
    },
    {
      about: 'A limit or request of Unix sockets.',
      man: 'unix(7)',
      headers: { linux: ['linux/un.h', 'linux/sockios.h'] },
      names: `
        UNIX_PATH_MAX: The maximum length of a path, in bytes.
        SIOCUNIXFILE: ioctl: open the file of the socket with O_PATH.
        SIO_AF_UNIX_GETPEERPID: WSAIoctl: return the process of the connected peer.`,
    },
    {
      about: 'A socket option of level SOL_LOCAL.',
      kind: 'option',
      man: 'unix(4)',
      headers: { linux: [], win32: [] },
      names: `
        LOCAL_PEERCRED: The credentials of the connected peer.
        LOCAL_PEERPID: The process of the connected peer.
        LOCAL_PEEREPID: The effective process of the connected peer.
        LOCAL_PEERUUID: The UUID of the connected peer’s executable.
        LOCAL_PEEREUUID: The UUID of the executable of the connected peer’s effective process.
        LOCAL_PEERTOKEN: The audit token of the connected peer.`,
    },
    {
      about: 'A socket option of level SOL_LOCAL on FreeBSD.',
      kind: 'option',
      man: 'unix(4)',
      headers: { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'sys/un.h'] },
      names: `
        LOCAL_CREDS: Receive the sender’s credentials with the first message (SCM_CREDS).
        LOCAL_CREDS_PERSISTENT: Receive the sender’s credentials with every message (SCM_CREDS2).`,
    },
  ],
  structs: [
    { name: 'sockaddr_un', about: 'a Unix address.', headers: ['sys/un.h'], fields: 'sun_family sun_path+' },
  ],
};
