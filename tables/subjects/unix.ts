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
      about: 'The Unix family: sockets within one machine.',
      man: 'unix(7)',
      family: 'unix',
      headers: { linux: ['sys/socket.h'] },
      names: `
        AF_UNIX: The Unix family: sockets within one machine.
        AF_LOCAL: POSIX’s name of AF_UNIX.
        PF_UNIX: The same number as AF_UNIX.
        PF_LOCAL: The same number as AF_UNIX.
        AF_FILE: The GNU C library’s name of AF_UNIX.
        PF_FILE: The same number as AF_UNIX.`,
    },
    {
      about: 'A limit or request of Unix sockets.',
      man: 'unix(7)',
      headers: { linux: ['linux/un.h', 'linux/sockios.h'] },
      names: `
        UNIX_PATH_MAX: The bytes a path may have.
        SIOCUNIXFILE: ioctl: open the socket’s file with O_PATH.
        SIO_AF_UNIX_GETPEERPID: WSAIoctl: the process of the connected peer.`,
    },
    {
      about: 'A socket option of level SOL_LOCAL.',
      kind: 'option',
      man: 'unix(4)',
      headers: { linux: [], win32: [] },
      names: `
        LOCAL_PEERCRED: The connected peer’s credentials.
        LOCAL_PEERPID: The connected peer’s process.
        LOCAL_PEEREPID: The process on whose behalf the connected peer acts.
        LOCAL_PEERUUID: The UUID of the connected peer’s program.
        LOCAL_PEEREUUID: The UUID of the program on whose behalf the connected peer acts.
        LOCAL_PEERTOKEN: The connected peer’s audit token.`,
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
