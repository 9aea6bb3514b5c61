import type { Room } from '../room.js';

/** What belongs to no family: types, levels, SO_ options, flags, and the families that have no room of their own. */
export const socket: Room = {
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
    {
      about: 'An address family without a room of its own; its addresses are bytes.',
      man: 'socket(2)',
      family: 'unknown',
      names: `
        AF_UNSPEC: No family: in connect(), dissolves an association; in getaddrinfo(), any family.
        AF_APPLETALK AF_ASH AF_ATMPVC AF_ATMSVC AF_AX25 AF_BRIDGE AF_CAIF AF_DECnet AF_ECONET AF_IB AF_IEEE802154
        AF_IPX AF_IRDA AF_ISDN AF_IUCV AF_KCM AF_KEY AF_LLC AF_MCTP AF_MPLS AF_NETBEUI AF_NETROM AF_NFC AF_PHONET
        AF_PPPOX AF_ROSE
        AF_ROUTE: Routing messages; on Linux another name of AF_NETLINK.
        AF_RXRPC AF_SECURITY AF_SMC AF_SNA AF_WANPIPE AF_X25 AF_XDP`,
    },
    {
      about: 'The same number as the AF_ constant of this name.',
      man: 'socket(2)',
      family: 'unknown',
      names: `
        PF_UNSPEC PF_APPLETALK PF_ASH PF_ATMPVC PF_ATMSVC PF_AX25 PF_BRIDGE PF_CAIF PF_DECnet PF_ECONET PF_IB
        PF_IEEE802154 PF_IPX PF_IRDA PF_ISDN PF_IUCV PF_KCM PF_KEY PF_LLC PF_MCTP PF_MPLS PF_NETBEUI PF_NETROM PF_NFC
        PF_PHONET PF_PPPOX PF_ROSE PF_ROUTE PF_RXRPC PF_SECURITY PF_SMC PF_SNA PF_WANPIPE PF_X25 PF_XDP`,
    },
    {
      about: 'An address family of macOS or Windows that Linux never had.',
      man: 'socket(2)',
      family: 'unknown',
      headers: { linux: [] },
      names: `
        AF_LINK AF_NDRV AF_PPP AF_UTUN AF_IMPLINK AF_PUP AF_CHAOS AF_NS AF_ISO AF_OSI AF_ECMA AF_DATAKIT AF_CCITT AF_DLI
        AF_LAT AF_HYLINK AF_COIP AF_CNT AF_SIP AF_E164 AF_NATM AF_NETBIOS AF_IEEE80211 AF_VOICEVIEW AF_FIREFOX AF_BAN
        AF_ATM AF_CLUSTER AF_12844 AF_NETDES AF_BTH PF_LINK PF_NDRV PF_PPP PF_UTUN PF_BTH`,
    },
    {
      about: 'A level of socket options.',
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
        SOL_PACKET SOL_NETLINK SOL_TIPC SOL_RDS SOL_ALG SOL_BLUETOOTH SOL_IUCV SOL_CAIF SOL_NFC SOL_KCM
        SOL_TLS SOL_XDP SOL_MPTCP SOL_MCTP SOL_SMC SOL_DECNET SOL_X25 SOL_ATM SOL_AAL SOL_IRDA SOL_NETBEUI SOL_LLC
        SOL_DCCP SOL_RXRPC SOL_PPPOL2TP SOL_PNPIPE
        SOL_VSOCK: The level of control messages of vsock's error queue (VSOCK_RECVERR).
        SOL_LOCAL: The level of LOCAL_ options of Unix sockets on macOS.`,
    },
    {
      about: 'A level or option of amateur radio, AppleTalk and IPX.',
      headers: {
        linux: ['netax25/ax25.h', 'netatalk/at.h', 'netipx/ipx.h', 'netrom/netrom.h', 'netrose/rose.h'],
        win32: [],
        darwin: [],
      },
      names: 'SOL_AX25 SOL_ATALK SOL_IPX SOL_NETROM SOL_ROSE IPX_TYPE',
    },
    {
      about: 'A socket option of level SOL_SOCKET.',
      man: 'socket(7)',
      names: `
        SO_DEBUG: Record debugging information.
        SO_REUSEADDR: Let bind() take an address that old connections still hold.
        SO_TYPE: The socket’s type; read only.
        SO_ERROR: The pending error, which reading clears.
        SO_DONTROUTE: Send to hosts on directly connected networks only.
        SO_BROADCAST: Allow datagrams to broadcast addresses.
        SO_SNDBUF: The send buffer’s size in bytes; Linux doubles what is set.
        SO_RCVBUF: The receive buffer’s size in bytes; Linux doubles what is set.
        SO_SNDBUFFORCE: SO_SNDBUF beyond the system’s limit, for CAP_NET_ADMIN.
        SO_RCVBUFFORCE: SO_RCVBUF beyond the system’s limit, for CAP_NET_ADMIN.
        SO_KEEPALIVE: Probe an idle connection.
        SO_OOBINLINE: Leave out-of-band data in the stream.
        SO_NO_CHECK: Send UDP datagrams without a checksum.
        SO_PRIORITY: The priority of packets sent.
        SO_LINGER: Whether and how long close() waits for unsent data.
        SO_BSDCOMPAT: Ignored since Linux 2.2.
        SO_REUSEPORT: Let several sockets bind the same address and share what arrives.
        SO_PASSCRED: Receive the sender’s credentials as SCM_CREDENTIALS.
        SO_PEERCRED: Process, user and group of the connected peer; read only.
        SO_RCVLOWAT: The least bytes that make a socket readable.
        SO_SNDLOWAT: The least free bytes that make a socket writable; read only on Linux.
        SO_RCVTIMEO: How long a blocking receive waits before EAGAIN.
        SO_SNDTIMEO: How long a blocking send waits before EAGAIN.
        SO_SECURITY_AUTHENTICATION SO_SECURITY_ENCRYPTION_TRANSPORT SO_SECURITY_ENCRYPTION_NETWORK
        SO_BINDTODEVICE: Only packets of the named interface.
        SO_BINDTOIFINDEX: SO_BINDTODEVICE by interface index.
        SO_ATTACH_FILTER: Attach a classic BPF program that decides what is received.
        SO_DETACH_FILTER: Remove the attached BPF program.
        SO_GET_FILTER: Read the attached classic BPF program.
        SO_PEERNAME: What getpeername() says.
        SO_ACCEPTCONN: Whether listen() was called; read only.
        SO_PEERSEC: The peer’s security context; read only.
        SO_PASSSEC: Receive the sender’s security context as SCM_SECURITY.
        SO_MARK: The mark of packets sent, for routing and filtering.
        SO_PROTOCOL: The socket’s protocol; read only.
        SO_DOMAIN: The socket’s family; read only.
        SO_RXQ_OVFL: Receive the count of dropped datagrams as a control message.
        SO_WIFI_STATUS SO_NOFCS
        SO_PEEK_OFF: Where in the queue MSG_PEEK begins.
        SO_LOCK_FILTER: Forbid changes of the attached filter.
        SO_SELECT_ERR_QUEUE: Report the error queue as an exceptional condition.
        SO_BUSY_POLL: Microseconds to poll the device for, before sleeping.
        SO_PREFER_BUSY_POLL: Prefer busy polling to interrupts.
        SO_BUSY_POLL_BUDGET: Packets a busy poll handles at most.
        SO_MAX_PACING_RATE: The most bytes a second to send.
        SO_BPF_EXTENSIONS: What BPF extensions the kernel has; read only.
        SO_INCOMING_CPU: The processor that receives for this socket.
        SO_INCOMING_NAPI_ID: The NAPI instance that last received for this socket; read only.
        SO_ATTACH_BPF: Attach an extended BPF program by descriptor.
        SO_DETACH_BPF: Remove the attached BPF program.
        SO_ATTACH_REUSEPORT_CBPF: A classic BPF program that picks the socket of a reuseport group.
        SO_ATTACH_REUSEPORT_EBPF: An extended BPF program that picks the socket of a reuseport group.
        SO_DETACH_REUSEPORT_BPF: Remove the program of the reuseport group.
        SO_CNX_ADVICE: Advise that the path is bad, so that another is tried.
        SO_MEMINFO: The socket’s memory counters; read only.
        SO_COOKIE: The socket’s unique number; read only.
        SO_NETNS_COOKIE: The network namespace’s unique number; read only.
        SO_PEERGROUPS: The connected peer’s supplementary groups; read only.
        SO_ZEROCOPY: Allow MSG_ZEROCOPY.
        SO_TXTIME: Send each packet at the time its SCM_TXTIME says.
        SO_TIMESTAMP: Receive a timestamp with each datagram, in microseconds.
        SO_TIMESTAMPNS: Receive a timestamp with each datagram, in nanoseconds.
        SO_TIMESTAMPING: Timestamps by software or hardware, of what is sent and received.
        SO_TIMESTAMP_OLD SO_TIMESTAMPNS_OLD SO_TIMESTAMPING_OLD SO_TIMESTAMP_NEW SO_TIMESTAMPNS_NEW SO_TIMESTAMPING_NEW
        SO_RCVTIMEO_OLD SO_SNDTIMEO_OLD SO_RCVTIMEO_NEW SO_SNDTIMEO_NEW
        SO_BUF_LOCK: Which buffer sizes were set by hand and so do not grow by themselves.
        SO_RESERVE_MEM: Bytes of memory kept for this socket alone.
        SO_TXREHASH: Whether a connection changes its flow hash when a path fails.
        SO_RCVMARK: Receive the mark of each packet as a control message.
        SO_PASSPIDFD: Receive a descriptor of the sending process as SCM_PIDFD.
        SO_PEERPIDFD: A descriptor of the connected peer’s process; read only.
        SO_DEVMEM_LINEAR SO_DEVMEM_DMABUF SO_DEVMEM_DONTNEED
        SO_RCVPRIORITY: Receive the priority of each packet as a control message.
        SO_PASSRIGHTS: Whether descriptors may arrive as SCM_RIGHTS.
        SO_INQ: Receive how many bytes remain to be read, as a control message.`,
    },
    {
      about: 'A socket option of level SOL_SOCKET that Linux never had.',
      man: 'setsockopt(2)',
      headers: { linux: [] },
      names: `
        SO_USELOOPBACK: Bypass hardware when possible.
        SO_EXCLUSIVEADDRUSE: Keep every other socket from binding this address.
        SO_DONTLINGER: SO_LINGER turned off.
        SO_CONDITIONAL_ACCEPT SO_CONNECT_TIME SO_GROUP_ID SO_GROUP_PRIORITY SO_MAX_MSG_SIZE SO_OPENTYPE
        SO_PAUSE_ACCEPT SO_COMPARTMENT_ID SO_RANDOMIZE_PORT SO_PORT_SCALABILITY SO_REUSE_UNICASTPORT
        SO_REUSE_MULTICASTPORT
        SO_UPDATE_ACCEPT_CONTEXT: Finish a socket that AcceptEx made.
        SO_UPDATE_CONNECT_CONTEXT: Finish a socket that ConnectEx made.
        SO_NOSIGPIPE: Sending to a closed peer fails with EPIPE and raises no signal.
        SO_NREAD: Bytes that wait to be read; read only.
        SO_NWRITE: Bytes not yet sent; read only.
        SO_NUMRCVPKT: Datagrams that wait to be read; read only.
        SO_LINGER_SEC: SO_LINGER in seconds.
        SO_TIMESTAMP_MONOTONIC SO_DONTTRUNC SO_WANTMORE SO_WANTOOBFLAG SO_REUSESHAREUID SO_NOTIFYCONFLICT
        SO_UPCALLCLOSEWAIT SO_RANDOMPORT SO_NP_EXTENSIONS SO_NET_SERVICE_TYPE SO_NETSVC_MARKING_LEVEL
        SO_RESOLVER_SIGNATURE SO_LABEL SO_PEERLABEL SO_NKE SO_NOADDRERR`,
    },
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
        SCM_DEVMEM_LINEAR SCM_DEVMEM_DMABUF
        SCM_INQ: Bytes that remain to be read (SO_INQ).`,
    },
    {
      about: 'A control message of macOS.',
      headers: { linux: [], win32: [] },
      names: 'SCM_CREDS SCM_TIMESTAMP_MONOTONIC',
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
        MSG_FIN MSG_SYN MSG_RST
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
        MSG_WAITSTREAM MSG_FLUSH MSG_HOLD MSG_SEND MSG_HAVEMORE MSG_RCVMORE MSG_NEEDSA MSG_PUSH_IMMEDIATE MSG_PARTIAL
        MSG_INTERRUPT MSG_BCAST MSG_MCAST`,
    },
    {
      about: 'Which half shutdown() closes.',
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
        SK_MEMINFO_RMEM_ALLOC SK_MEMINFO_RCVBUF SK_MEMINFO_WMEM_ALLOC SK_MEMINFO_SNDBUF SK_MEMINFO_FWD_ALLOC
        SK_MEMINFO_WMEM_QUEUED SK_MEMINFO_OPTMEM SK_MEMINFO_BACKLOG SK_MEMINFO_DROPS SK_MEMINFO_VARS`,
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
      names:
        'SOCK_SNDBUF_LOCK SOCK_RCVBUF_LOCK SOCK_BUF_LOCK_MASK SOCK_TXREHASH_DEFAULT SOCK_TXREHASH_DISABLED SOCK_TXREHASH_ENABLED',
    },
    {
      about: 'A clock, for SO_TXTIME.',
      man: 'clock_gettime(2)',
      headers: { linux: ['time.h'], win32: [], darwin: [] },
      names: `
        CLOCK_REALTIME: The time of day.
        CLOCK_MONOTONIC: The time since some moment; it never jumps.
        CLOCK_TAI: The time of day without leap seconds.`,
    },
    {
      about: 'Part of a timestamping request (SO_TIMESTAMPING).',
      man: 'Documentation/networking/timestamping.rst',
      hex: true,
      headers: { linux: ['linux/net_tstamp.h'], win32: [], darwin: [] },
      names: `
        SOF_TIMESTAMPING_TX_HARDWARE SOF_TIMESTAMPING_TX_SOFTWARE SOF_TIMESTAMPING_RX_HARDWARE
        SOF_TIMESTAMPING_RX_SOFTWARE SOF_TIMESTAMPING_SOFTWARE SOF_TIMESTAMPING_SYS_HARDWARE
        SOF_TIMESTAMPING_RAW_HARDWARE SOF_TIMESTAMPING_OPT_ID SOF_TIMESTAMPING_TX_SCHED SOF_TIMESTAMPING_TX_ACK
        SOF_TIMESTAMPING_OPT_CMSG SOF_TIMESTAMPING_OPT_TSONLY SOF_TIMESTAMPING_OPT_STATS SOF_TIMESTAMPING_OPT_PKTINFO
        SOF_TIMESTAMPING_OPT_TX_SWHW SOF_TIMESTAMPING_BIND_PHC SOF_TIMESTAMPING_OPT_ID_TCP
        SOF_TIMESTAMPING_OPT_RX_FILTER SOF_TIMESTAMPING_TX_COMPLETION SOF_TXTIME_DEADLINE_MODE SOF_TXTIME_REPORT_ERRORS`,
    },
    {
      about: 'Where an error of the error queue came from (sock_extended_err).',
      man: 'ip(7)',
      headers: { linux: ['time.h', 'linux/errqueue.h'], win32: [], darwin: [] },
      names: `
        SO_EE_ORIGIN_NONE SO_EE_ORIGIN_LOCAL SO_EE_ORIGIN_ICMP SO_EE_ORIGIN_ICMP6 SO_EE_ORIGIN_TXSTATUS
        SO_EE_ORIGIN_ZEROCOPY SO_EE_ORIGIN_TXTIME SO_EE_ORIGIN_TIMESTAMPING SO_EE_CODE_ZEROCOPY_COPIED
        SO_EE_CODE_TXTIME_INVALID_PARAM SO_EE_CODE_TXTIME_MISSED SO_EE_RFC4884_FLAG_INVALID
        SCM_TSTAMP_SND SCM_TSTAMP_SCHED SCM_TSTAMP_ACK SCM_TSTAMP_COMPLETION`,
    },
  ],
  structs: [
    { name: 'sockaddr', about: 'what every address begins with.', fields: 'sa_family sa_data+' },
    { name: 'sockaddr_storage', about: 'room for the address of any family.', fields: 'ss_family' },
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
      fields: 'cmsg_len+ cmsg_level cmsg_type data=@CMSG_LEN(0) align=@CMSG_ALIGN(1)',
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
