import type { Subject } from '../subject.js';
import { families } from './families.js';
import { so } from './so.js';
import { timestamps } from './timestamps.js';

const freebsd = { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'sys/socket.h'] };

/**
 * The constants without a family: types, levels, SO_ options, flags, and the families without a subject of their own.
 */
export const socket: Subject = {
  name: 'every socket',
  constants: 'src/constants/socket.ts',
  layout: 'src/constants/layout.ts',
  headers: {
    linux: ['sys/socket.h'],
    win32: ['winsock2.h', 'ws2tcpip.h', 'mswsock.h', 'mstcpip.h', 'afunix.h', 'ws2bth.h'],
    darwin: ['sys/socket.h', 'sys/un.h', 'netinet/in.h'],
  },
  groups: [
    {
      about: 'A socket type, the second argument of `new Socket`.',
      kind: 'type',
      man: 'socket(2)',
      names: `
        SOCK_STREAM: A reliable, bidirectional stream of bytes.
        SOCK_DGRAM: Datagrams: messages of limited size that can be lost or reordered.
        SOCK_RAW: Access to the network protocol.
        SOCK_RDM: Reliable messages without a guaranteed order.
        SOCK_SEQPACKET: A reliable, bidirectional stream that preserves message boundaries.
        SOCK_DCCP: Datagrams with congestion control.
        SOCK_PACKET: The obsolete way to receive packets from a device; use AF_PACKET.
        SOCK_CLOEXEC: Type flag: close the file descriptor on exec. New sockets are always close-on-exec.
        SOCK_NONBLOCK: Type flag: non-blocking mode.`,
    },
    ...families,
    {
      about: 'A level of socket options.',
      kind: 'level',
      man: 'getsockopt(2)',
      headers: {
        linux: ['sys/socket.h', 'netinet/in.h'],
        darwin: ['sys/socket.h', 'sys/un.h', 'netinet/in.h'],
      },
      names: `
        SOL_SOCKET: The level of SO_ options and SCM_ control messages, for all sockets.
        SOL_IP=IPPROTO_IP: The level of IP_ options; the number of IPPROTO_IP.
        SOL_IPV6=IPPROTO_IPV6: The level of IPV6_ options; the number of IPPROTO_IPV6.
        SOL_ICMPV6=IPPROTO_ICMPV6: The level of ICMP6_FILTER; the number of IPPROTO_ICMPV6.
        SOL_TCP=IPPROTO_TCP: The level of TCP_ options; the number of IPPROTO_TCP.
        SOL_UDP=IPPROTO_UDP: The level of UDP_ options; the number of IPPROTO_UDP.
        SOL_UDPLITE=IPPROTO_UDPLITE: The level of UDPLITE_ options; the number of IPPROTO_UDPLITE.
        SOL_RAW: The level of options of raw IP sockets (ICMP_FILTER).
        SOL_PACKET: The level of PACKET_ options.
        SOL_NETLINK: The level of NETLINK_ options.
        SOL_TIPC: The level of TIPC_ options.
        SOL_RDS: The level of RDS_ options.
        SOL_ALG: The level of ALG_ options.
        SOL_BLUETOOTH: The level of BT_ options, for all Bluetooth protocols.
        SOL_TLS: The level of TLS_ options, for a TCP connection with TCP_ULP “tls”.
        SOL_XDP: The level of XDP_ options.
        SOL_MPTCP: The level of MPTCP_ options.
        SOL_DCCP: The level of DCCP_ options.
        SOL_IUCV: The level of options of AF_IUCV.
        SOL_CAIF: The level of options of AF_CAIF.
        SOL_NFC: The level of options of AF_NFC.
        SOL_KCM: The level of options of AF_KCM.
        SOL_MCTP: The level of options of AF_MCTP.
        SOL_SMC: The level of options of AF_SMC.
        SOL_DECNET: The level of options of AF_DECnet.
        SOL_X25: The level of options of AF_X25.
        SOL_ATM: The level of options of ATM cells.
        SOL_AAL: The level of options of ATM packets.
        SOL_IRDA: The level of options of AF_IRDA.
        SOL_NETBEUI: The level of options of NetBEUI.
        SOL_LLC: The level of options of AF_LLC.
        SOL_RXRPC: The level of options of AF_RXRPC.
        SOL_PPPOL2TP: The level of options of PPP over L2TP.
        SOL_PNPIPE: The level of options of Phonet pipes.
        SOL_VSOCK: The level of control messages in the error queue of vsock (VSOCK_RECVERR).
        SOL_LOCAL: The level of LOCAL_ options of Unix sockets on macOS.`,
    },
    {
      about: 'A level of options of amateur radio, AppleTalk and IPX.',
      kind: 'level',
      headers: {
        linux: ['netax25/ax25.h', 'netatalk/at.h', 'netipx/ipx.h', 'netrom/netrom.h', 'netrose/rose.h'],
        win32: [],
        darwin: [],
      },
      names: `
        SOL_AX25: The level of options of AF_AX25.
        SOL_ATALK: The level of options of AF_APPLETALK.
        SOL_IPX: The level of options of AF_IPX.
        SOL_NETROM: The level of options of AF_NETROM.
        SOL_ROSE: The level of options of AF_ROSE.`,
    },
    {
      about: 'A socket option of level SOL_IPX.',
      kind: 'option',
      headers: { linux: ['netipx/ipx.h'], win32: [], darwin: [] },
      names: 'IPX_TYPE: The type of sent packets.',
    },
    ...so,
    {
      about: 'A control message of level SOL_SOCKET.',
      man: 'socket(7)',
      names: `
        SCM_RIGHTS: File descriptors, passed from one process to another.
        SCM_CREDENTIALS: The process, user and group of the sender.
        SCM_SECURITY: The security context of the sender (SO_PASSSEC).
        SCM_PIDFD: A file descriptor of the sending process (SO_PASSPIDFD).
        SCM_TIMESTAMP: The time when a datagram arrived, as a timeval (SO_TIMESTAMP).
        SCM_TIMESTAMPNS: The time when a datagram arrived, as a timespec (SO_TIMESTAMPNS).
        SCM_TIMESTAMPING: Three timestamps of a packet: software, unused, hardware (SO_TIMESTAMPING).
        SCM_TIMESTAMPING_OPT_STATS: Statistics of the connection, with a send timestamp.
        SCM_TIMESTAMPING_PKTINFO: The interface and length of a packet with a hardware timestamp.
        SCM_TS_OPT_ID: The number that a send timestamp will have.
        SCM_TXTIME: The time to send this packet (SO_TXTIME).
        SCM_WIFI_STATUS: Whether a packet was acknowledged over the air (SO_WIFI_STATUS).
        SCM_DEVMEM_LINEAR: A part of a packet that is not in device memory.
        SCM_DEVMEM_DMABUF: The location of a part of a packet in device memory.
        SCM_INQ: The number of bytes left to read (SO_INQ).`,
    },
    {
      about: 'A control message of macOS.',
      headers: { linux: [], win32: [] },
      names: `
        SCM_CREDS: The process, users and groups of the sender (cmsgcred).
        SCM_TIMESTAMP_MONOTONIC: The time when a datagram arrived, by the monotonic clock (SO_TIMESTAMP_MONOTONIC).`,
    },
    {
      about: 'A control message of level SOL_SOCKET on FreeBSD.',
      man: 'unix(4)',
      headers: freebsd,
      names:
        'SCM_CREDS2: The process, users and groups of the sender (sockcred2), for LOCAL_CREDS_PERSISTENT.',
    },
    {
      about: 'A flag of send and receive calls.',
      man: 'recv(2), send(2)',
      hex: true,
      names: `
        MSG_OOB: Send or receive out-of-band data.
        MSG_PEEK: Leave the data in the queue.
        MSG_DONTROUTE: Send to hosts on directly connected networks only.
        MSG_TRYHARD: The DECnet name of MSG_DONTROUTE.
        MSG_CTRUNC: Set on receive: control messages were truncated.
        MSG_PROXY: Supply or request a second address.
        MSG_TRUNC: Set on receive: the datagram was truncated. As an argument: return its full length.
        MSG_DONTWAIT: Do not block in this call.
        MSG_EOR: The end of a record.
        MSG_WAITALL: Wait until the requested number of bytes has arrived.
        MSG_FIN: Internal to the kernel; sockets refuse or ignore it.
        MSG_SYN: Internal to the kernel; sockets refuse or ignore it.
        MSG_RST: Internal to the kernel; sockets refuse or ignore it.
        MSG_CONFIRM: Report that the path works, so that the neighbor is not probed.
        MSG_ERRQUEUE: Read from the error queue.
        MSG_NOSIGNAL: Do not raise SIGPIPE.
        MSG_MORE: More data follows: do not send a partial packet yet.
        MSG_WAITFORONE: For recvmmsg(): wait only for the first message.
        MSG_BATCH: For sendmmsg(): more messages follow.
        MSG_ZEROCOPY: Send from the caller’s memory; the error queue reports when it can be reused (SO_ZEROCOPY).
        MSG_FASTOPEN: Send data in the SYN.
        MSG_CMSG_CLOEXEC: Make received file descriptors close-on-exec.
        MSG_SOCK_DEVMEM: Receive into device memory.`,
    },
    {
      about: 'A message flag that Linux does not have.',
      hex: true,
      headers: { linux: [] },
      names: `
        MSG_EOF: Shut down the sending side after this data.
        MSG_WAITSTREAM: Wait for the requested number of bytes, or for a part of them.
        MSG_FLUSH: Deprecated: start to hold back data.
        MSG_HOLD: Deprecated: hold back this data.
        MSG_SEND: Deprecated: send the data that was held back.
        MSG_HAVEMORE: Set on receive: more data is available (SO_WANTMORE).
        MSG_RCVMORE: Set on receive: more data of this packet is available.
        MSG_NEEDSA: Fail if there is no space for the address.
        MSG_PUSH_IMMEDIATE: Deliver the data immediately, without waiting for more.
        MSG_PARTIAL: The data is a part of a message.
        MSG_INTERRUPT: Reserved.
        MSG_BCAST: Set on receive: the datagram was a broadcast.
        MSG_MCAST: Set on receive: the datagram was a multicast.
        MSG_MAXIOVLEN: The maximum number of buffers per call; not a flag.`,
    },
    {
      about: 'A message flag that Python names.',
      absent: true,
      names: `
        MSG_BTAG: XTP packets with a BTAG field; IRIX defines it.
        MSG_ETAG: XTP packets with an ETAG field; IRIX defines it.`,
    },
    {
      about: 'The direction that shutdown() closes.',
      kind: 'how',
      man: 'shutdown(2)',
      headers: {
        win32: [
          'winsock2.h',
          '#define SHUT_RD SD_RECEIVE',
          '#define SHUT_WR SD_SEND',
          '#define SHUT_RDWR SD_BOTH',
        ],
      },
      names: `
        SHUT_RD: Disable receiving.
        SHUT_WR: Disable sending; the peer reads the end of the stream.
        SHUT_RDWR: Disable sending and receiving.`,
    },
    {
      about: 'A limit of the headers.',
      man: 'listen(2)',
      names:
        'SOMAXCONN: The longest queue of connections not yet accepted, as the headers had it; the kernel’s own may be less.',
    },
    {
      about: 'A request of ioctl().',
      man: 'ioctl(2)',
      hex: true,
      headers: {
        linux: ['sys/ioctl.h', 'linux/sockios.h'],
        darwin: ['sys/ioctl.h', 'sys/filio.h', 'sys/sockio.h'],
      },
      names: `
        FIONREAD: Return the number of bytes to read.
        FIONBIO: Enable or disable non-blocking mode.
        SIOCATMARK: Return whether the next byte is out-of-band data.
        SIOCINQ: Return the number of bytes to read.
        SIOCOUTQ: Return the number of bytes that are unsent or unacknowledged.
        SIOCOUTQNSD: Return the number of unsent bytes.`,
    },
    {
      about: 'A counter of SO_MEMINFO.',
      man: 'sock_diag(7)',
      headers: { linux: ['linux/sock_diag.h'], win32: [], darwin: [] },
      names: `
        SK_MEMINFO_RMEM_ALLOC: The number of bytes used for received data.
        SK_MEMINFO_RCVBUF: The limit of SK_MEMINFO_RMEM_ALLOC: SO_RCVBUF.
        SK_MEMINFO_WMEM_ALLOC: The number of bytes used for data that is being sent.
        SK_MEMINFO_SNDBUF: The limit of SK_MEMINFO_WMEM_ALLOC: SO_SNDBUF.
        SK_MEMINFO_FWD_ALLOC: The number of bytes that are reserved and unused.
        SK_MEMINFO_WMEM_QUEUED: The number of bytes queued for sending.
        SK_MEMINFO_OPTMEM: The number of bytes used for options.
        SK_MEMINFO_BACKLOG: The number of bytes received while the socket was busy.
        SK_MEMINFO_DROPS: The number of dropped packets.
        SK_MEMINFO_VARS: The number of counters.`,
    },
    {
      about: 'The maximum length of an interface name, including the terminating NUL.',
      man: 'netdevice(7)',
      headers: { linux: ['net/if.h'], win32: [], darwin: ['sys/socket.h', 'net/if.h'] },
      names: 'IFNAMSIZ',
    },
    {
      about: 'A value of SO_BUF_LOCK.',
      man: 'socket(7)',
      headers: { linux: ['linux/socket.h'], win32: [], darwin: [] },
      names: `
        SOCK_SNDBUF_LOCK: The size of the send buffer is fixed.
        SOCK_RCVBUF_LOCK: The size of the receive buffer is fixed.
        SOCK_BUF_LOCK_MASK: Both sizes are fixed.`,
    },
    {
      about: 'A value of SO_TXREHASH.',
      man: 'socket(7)',
      headers: { linux: ['linux/socket.h'], win32: [], darwin: [] },
      names: `
        SOCK_TXREHASH_DEFAULT: Use net.core.txrehash.
        SOCK_TXREHASH_DISABLED: The flow hash does not change.
        SOCK_TXREHASH_ENABLED: The flow hash changes when a path fails.`,
    },
    ...timestamps,
  ],
  structs: [
    { name: 'sockaddr', about: 'the header of all addresses.', fields: 'sa_family sa_data+' },
    { name: 'sockaddr_storage', about: 'space for the address of any family.', fields: 'ss_family' },
    { name: 'linger', about: 'the value of SO_LINGER.', fields: 'l_onoff l_linger' },
    {
      name: 'timeval',
      about: 'seconds and microseconds.',
      headers: ['sys/time.h'],
      fields: 'tv_sec+ tv_usec+',
    },
    { name: 'timespec', about: 'seconds and nanoseconds.', headers: ['time.h'], fields: 'tv_sec+ tv_nsec+' },
    { name: 'ucred', about: 'SO_PEERCRED and SCM_CREDENTIALS.', fields: 'pid uid gid' },
    {
      name: 'iovec',
      about: 'a buffer of scattered memory.',
      headers: ['sys/uio.h'],
      fields: 'iov_base iov_len',
    },
    {
      name: 'msghdr',
      about: 'the argument of sendmsg and recvmsg.',
      fields: 'msg_name msg_namelen msg_iov msg_iovlen msg_control msg_controllen msg_flags',
    },
    { name: 'mmsghdr', about: 'a message of sendmmsg and recvmmsg.', fields: 'msg_hdr msg_len' },
    {
      name: 'cmsghdr',
      about: 'the header of a control message; messages are aligned to `align`.',
      fields: 'cmsg_len+ cmsg_level cmsg_type data=@CMSG_LEN(0) align=@CMSG_SPACE(1)-CMSG_SPACE(0)',
    },
    {
      name: 'sock_extended_err',
      about: 'an item of the error queue; the address of the sender of the error follows.',
      headers: ['time.h', 'linux/errqueue.h'],
      fields: 'ee_errno ee_origin ee_type ee_code ee_pad ee_info ee_data',
    },
    {
      name: 'scm_timestamping',
      about: 'three timespecs: software, unused, hardware.',
      headers: ['time.h', 'linux/errqueue.h'],
      fields: 'ts+',
    },
    {
      name: 'scm_ts_pktinfo',
      about: 'the interface and length of a packet with a hardware timestamp.',
      headers: ['linux/net_tstamp.h'],
      fields: 'if_index pkt_length',
    },
    {
      name: 'so_timestamping',
      about: 'the value of SO_TIMESTAMPING.',
      headers: ['linux/net_tstamp.h'],
      fields: 'flags bind_phc',
    },
    {
      name: 'sock_txtime',
      about: 'the value of SO_TXTIME.',
      headers: ['linux/net_tstamp.h'],
      fields: 'clockid flags',
    },
    {
      name: 'sock_filter',
      about: 'an instruction of a classic BPF program.',
      headers: ['linux/filter.h'],
      fields: 'code jt jf k',
    },
    {
      name: 'sock_fprog',
      about: 'a classic BPF program.',
      headers: ['linux/filter.h'],
      fields: 'len filter',
    },
  ],
};
