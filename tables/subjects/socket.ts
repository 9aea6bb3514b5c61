import type { Subject } from '../subject.js';
import { families } from './families.js';
import { so } from './so.js';
import { timestamps } from './timestamps.js';

const freebsd = { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'sys/socket.h'] };

/** What belongs to no family: types, levels, SO_ options, flags, and the families that have no subject of their own. */
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
        SOCK_STREAM: A reliable stream of bytes both ways.
        SOCK_DGRAM: Datagrams: messages that may be lost or reordered, of bounded length.
        SOCK_RAW: Access to the network protocol itself.
        SOCK_RDM: Reliable messages in no promised order.
        SOCK_SEQPACKET: A reliable two-way stream that keeps message boundaries.
        SOCK_DCCP: Datagrams under congestion control.
        SOCK_PACKET: The obsolete way to receive packets from a device; see AF_PACKET.
        SOCK_CLOEXEC: Or-ed into a type: close the descriptor on exec. New sockets have it already.
        SOCK_NONBLOCK: Or-ed into a type: begin non-blocking.`,
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
        SOL_SOCKET: The level of options every socket has, SO_ and SCM_.
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
        SOL_BLUETOOTH: The level of BT_ options, of every Bluetooth protocol.
        SOL_TLS: The level of TLS_ options, of a TCP connection with TCP_ULP “tls”.
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
        SOL_ATM: The level of options of ATM’s cells.
        SOL_AAL: The level of options of ATM’s packets.
        SOL_IRDA: The level of options of AF_IRDA.
        SOL_NETBEUI: The level of options of NetBEUI.
        SOL_LLC: The level of options of AF_LLC.
        SOL_RXRPC: The level of options of AF_RXRPC.
        SOL_PPPOL2TP: The level of options of PPP over L2TP.
        SOL_PNPIPE: The level of options of Phonet’s pipes.
        SOL_VSOCK: The level of control messages of vsock's error queue (VSOCK_RECVERR).
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
      names: 'IPX_TYPE: The type of the packets sent.',
    },
    ...so,
    {
      about: 'A control message of level SOL_SOCKET.',
      man: 'socket(7)',
      names: `
        SCM_RIGHTS: File descriptors handed from one process to another.
        SCM_CREDENTIALS: Process, user and group of the sender.
        SCM_SECURITY: The security context of the sender (SO_PASSSEC).
        SCM_PIDFD: A descriptor of the sending process (SO_PASSPIDFD).
        SCM_TIMESTAMP: When a datagram arrived, as a timeval (SO_TIMESTAMP).
        SCM_TIMESTAMPNS: When a datagram arrived, as a timespec (SO_TIMESTAMPNS).
        SCM_TIMESTAMPING: Three times of a packet: software, none, hardware (SO_TIMESTAMPING).
        SCM_TIMESTAMPING_OPT_STATS: Statistics of the connection beside a send timestamp.
        SCM_TIMESTAMPING_PKTINFO: Interface and length of a packet that has a hardware timestamp.
        SCM_TS_OPT_ID: The number a send timestamp shall carry.
        SCM_TXTIME: When to send this packet (SO_TXTIME).
        SCM_WIFI_STATUS: Whether a packet was acknowledged over the air (SO_WIFI_STATUS).
        SCM_DEVMEM_LINEAR: A part of a packet that did not land in device memory.
        SCM_DEVMEM_DMABUF: Where in device memory a part of a packet is.
        SCM_INQ: Bytes that remain to be read (SO_INQ).`,
    },
    {
      about: 'A control message of macOS.',
      headers: { linux: [], win32: [] },
      names: `
        SCM_CREDS: Process, users and groups of the sender (cmsgcred).
        SCM_TIMESTAMP_MONOTONIC: When a datagram arrived, by the monotonic clock (SO_TIMESTAMP_MONOTONIC).`,
    },
    {
      about: 'A control message of level SOL_SOCKET on FreeBSD.',
      man: 'unix(4)',
      headers: freebsd,
      names: 'SCM_CREDS2: Process, users and groups of the sender (sockcred2), for LOCAL_CREDS_PERSISTENT.',
    },
    {
      about: 'A flag of send and receive calls.',
      man: 'recv(2), send(2)',
      hex: true,
      names: `
        MSG_OOB: Out-of-band data.
        MSG_PEEK: Leave what is read in the queue.
        MSG_DONTROUTE: Send to hosts on directly connected networks only.
        MSG_TRYHARD: MSG_DONTROUTE, by DECnet’s name.
        MSG_CTRUNC: Set on receive: control data was cut off.
        MSG_PROXY: Supply or ask second address.
        MSG_TRUNC: The datagram was cut off; passed in, its true length is returned.
        MSG_DONTWAIT: Do not block in this call.
        MSG_EOR: The end of a record.
        MSG_WAITALL: Wait until the whole size asked for is there.
        MSG_FIN: Of the kernel’s own; sockets refuse or ignore it.
        MSG_SYN: Of the kernel’s own; sockets refuse or ignore it.
        MSG_RST: Of the kernel’s own; sockets refuse or ignore it.
        MSG_CONFIRM: The path works: do not probe the neighbour.
        MSG_ERRQUEUE: Read from the error queue.
        MSG_NOSIGNAL: Do not raise SIGPIPE.
        MSG_MORE: More is coming: hold back the partial packet.
        MSG_WAITFORONE: In recvmmsg: wait for the first message alone.
        MSG_BATCH: In sendmmsg: more messages follow.
        MSG_ZEROCOPY: Send from the caller’s memory; the error queue says when it is free (SO_ZEROCOPY).
        MSG_FASTOPEN: Send data in the SYN.
        MSG_CMSG_CLOEXEC: Received descriptors close on exec.
        MSG_SOCK_DEVMEM: Receive in the device’s memory.`,
    },
    {
      about: 'A message flag that Linux never had.',
      hex: true,
      headers: { linux: [] },
      names: `
        MSG_EOF: Close the sending side with this data.
        MSG_WAITSTREAM: Wait for the whole size asked for, or for a part.
        MSG_FLUSH: Deprecated: begin to hold data back.
        MSG_HOLD: Deprecated: hold this data back.
        MSG_SEND: Deprecated: send what was held back.
        MSG_HAVEMORE: Set on receive: more is there (SO_WANTMORE).
        MSG_RCVMORE: Set on receive: more of this packet is there.
        MSG_NEEDSA: Fail if there is no space for the address.
        MSG_PUSH_IMMEDIATE: Give the data at once and do not wait for more.
        MSG_PARTIAL: A part of a message, not all of it.
        MSG_INTERRUPT: Reserved.
        MSG_BCAST: Set on receive: the datagram was a broadcast.
        MSG_MCAST: Set on receive: the datagram was sent to a group.
        MSG_MAXIOVLEN: The most pieces of scattered memory, no flag.`,
    },
    {
      about: 'A message flag that Python names.',
      absent: true,
      names: `
        MSG_BTAG: Packets of XTP with a BTAG field; IRIX names it.
        MSG_ETAG: Packets of XTP with an ETAG field; IRIX names it.`,
    },
    {
      about: 'Which half shutdown() closes.',
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
        SHUT_RD: Receive no more.
        SHUT_WR: Send no more: the peer reads the end of the stream.
        SHUT_RDWR: Both halves.`,
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
        FIONREAD: Bytes that wait to be read.
        FIONBIO: Non-blocking mode, on or off.
        SIOCATMARK: Whether the next byte is the one of out-of-band data.
        SIOCINQ: Bytes that wait to be read.
        SIOCOUTQ: Bytes not yet sent or not yet acknowledged.
        SIOCOUTQNSD: Bytes not yet sent.`,
    },
    {
      about: 'Which counter of SO_MEMINFO.',
      man: 'sock_diag(7)',
      headers: { linux: ['linux/sock_diag.h'], win32: [], darwin: [] },
      names: `
        SK_MEMINFO_RMEM_ALLOC: Bytes in use for what was received.
        SK_MEMINFO_RCVBUF: The limit of that: SO_RCVBUF.
        SK_MEMINFO_WMEM_ALLOC: Bytes in use for what is being sent.
        SK_MEMINFO_SNDBUF: The limit of that: SO_SNDBUF.
        SK_MEMINFO_FWD_ALLOC: Bytes that are reserved and not in use.
        SK_MEMINFO_WMEM_QUEUED: Bytes that wait to be sent.
        SK_MEMINFO_OPTMEM: Bytes in use for options.
        SK_MEMINFO_BACKLOG: Bytes that came while the socket was busy.
        SK_MEMINFO_DROPS: Packets that were dropped.
        SK_MEMINFO_VARS: How many counters there are.`,
    },
    {
      about: 'Bytes that hold any interface name, the end included.',
      man: 'netdevice(7)',
      headers: { linux: ['net/if.h'], win32: [], darwin: ['sys/socket.h', 'net/if.h'] },
      names: 'IFNAMSIZ',
    },
    {
      about: 'A value of SO_BUF_LOCK.',
      man: 'socket(7)',
      headers: { linux: ['linux/socket.h'], win32: [], darwin: [] },
      names: `
        SOCK_SNDBUF_LOCK: The send buffer keeps its size.
        SOCK_RCVBUF_LOCK: The receive buffer keeps its size.
        SOCK_BUF_LOCK_MASK: Both.`,
    },
    {
      about: 'A value of SO_TXREHASH.',
      man: 'socket(7)',
      headers: { linux: ['linux/socket.h'], win32: [], darwin: [] },
      names: `
        SOCK_TXREHASH_DEFAULT: As net.core.txrehash says.
        SOCK_TXREHASH_DISABLED: The flow hash stays.
        SOCK_TXREHASH_ENABLED: The flow hash changes when a path fails.`,
    },
    ...timestamps,
  ],
  structs: [
    { name: 'sockaddr', about: 'what every address begins with.', fields: 'sa_family sa_data+' },
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
      about: 'one piece of scattered memory.',
      headers: ['sys/uio.h'],
      fields: 'iov_base iov_len',
    },
    {
      name: 'msghdr',
      about: 'the argument of sendmsg and recvmsg.',
      fields: 'msg_name msg_namelen msg_iov msg_iovlen msg_control msg_controllen msg_flags',
    },
    { name: 'mmsghdr', about: 'one message of sendmmsg and recvmmsg.', fields: 'msg_hdr msg_len' },
    {
      name: 'cmsghdr',
      about: 'the head of a control message; items are aligned to `align`.',
      fields: 'cmsg_len+ cmsg_level cmsg_type data=@CMSG_LEN(0) align=@CMSG_SPACE(1)-CMSG_SPACE(0)',
    },
    {
      name: 'sock_extended_err',
      about: 'an item of the error queue; the offender’s address follows.',
      headers: ['time.h', 'linux/errqueue.h'],
      fields: 'ee_errno ee_origin ee_type ee_code ee_pad ee_info ee_data',
    },
    {
      name: 'scm_timestamping',
      about: 'three timespecs: software, none, hardware.',
      headers: ['time.h', 'linux/errqueue.h'],
      fields: 'ts+',
    },
    {
      name: 'scm_ts_pktinfo',
      about: 'interface and length of a packet with a hardware timestamp.',
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
      about: 'one instruction of a classic BPF program.',
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
