import type { Group } from '../subject.js';

/** The options of all sockets, in the subject of every socket. */
export const so: readonly Group[] = [
  {
    about: 'A socket option of level SOL_SOCKET.',
    kind: 'option',
    man: 'socket(7)',
    names: `
      SO_DEBUG: Record debugging information.
      SO_REUSEADDR: Let bind() use an address that old connections still use.
      SO_TYPE: The socket’s type; read-only.
      SO_ERROR: The pending error, which reading clears.
      SO_DONTROUTE: Send to hosts on directly connected networks only.
      SO_BROADCAST: Allow datagrams to broadcast addresses.
      SO_SNDBUF: The size of the send buffer in bytes; Linux doubles the value.
      SO_RCVBUF: The size of the receive buffer in bytes; Linux doubles the value.
      SO_SNDBUFFORCE: SO_SNDBUF without the system’s limit; needs CAP_NET_ADMIN.
      SO_RCVBUFFORCE: SO_RCVBUF without the system’s limit; needs CAP_NET_ADMIN.
      SO_KEEPALIVE: Send probes on an idle connection.
      SO_OOBINLINE: Receive out-of-band data in the stream.
      SO_NO_CHECK: Send UDP datagrams without a checksum.
      SO_PRIORITY: The priority of sent packets.
      SO_LINGER: Whether and how long close() waits for unsent data.
      SO_BSDCOMPAT: Ignored since Linux 2.2.
      SO_REUSEPORT: Let several sockets bind the same address and distribute the received packets.
      SO_PASSCRED: Receive the sender’s credentials as SCM_CREDENTIALS.
      SO_PEERCRED: The process, user and group of the connected peer; read-only.
      SO_RCVLOWAT: The minimum number of bytes that make a socket readable.
      SO_SNDLOWAT: The minimum number of free bytes that make a socket writable; read-only on Linux.
      SO_RCVTIMEO: The time that a blocking receive waits before EAGAIN.
      SO_SNDTIMEO: The time that a blocking send waits before EAGAIN.
      SO_SECURITY_AUTHENTICATION: A number that no kernel supports.
      SO_SECURITY_ENCRYPTION_TRANSPORT: A number that no kernel supports.
      SO_SECURITY_ENCRYPTION_NETWORK: A number that no kernel supports.
      SO_BINDTODEVICE: The name of the only interface to use.
      SO_BINDTOIFINDEX: The index of the only interface to use.
      SO_ATTACH_FILTER: Attach a classic BPF program that filters received packets.
      SO_DETACH_FILTER: Remove the attached BPF program.
      SO_GET_FILTER: Read the attached classic BPF program.
      SO_PEERNAME: The address of the peer, as getpeername() returns it.
      SO_ACCEPTCONN: Whether listen() was called; read-only.
      SO_PEERSEC: The peer’s security context; read-only.
      SO_PASSSEC: Receive the sender’s security context as SCM_SECURITY.
      SO_MARK: The mark of sent packets, for routing and filtering.
      SO_PROTOCOL: The socket’s protocol; read-only.
      SO_DOMAIN: The socket’s family; read-only.
      SO_RXQ_OVFL: Receive the number of dropped datagrams as a control message.
      SO_WIFI_STATUS: Receive whether each packet was acknowledged over the air, as SCM_WIFI_STATUS.
      SO_NOFCS: Sent frames include their checksum.
      SO_PEEK_OFF: The offset in the queue at which MSG_PEEK starts.
      SO_LOCK_FILTER: Forbid changes of the attached filter.
      SO_SELECT_ERR_QUEUE: Report the error queue as an exceptional condition.
      SO_BUSY_POLL: The number of microseconds to poll the device before sleeping.
      SO_PREFER_BUSY_POLL: Prefer busy polling over interrupts.
      SO_BUSY_POLL_BUDGET: The maximum number of packets per busy poll.
      SO_MAX_PACING_RATE: The maximum number of bytes to send per second.
      SO_BPF_EXTENSIONS: The BPF extensions of the kernel; read-only.
      SO_INCOMING_CPU: The CPU that receives for this socket.
      SO_INCOMING_NAPI_ID: The NAPI instance that last received for this socket; read-only.
      SO_ATTACH_BPF: Attach an extended BPF program by its file descriptor.
      SO_DETACH_BPF: Remove the attached BPF program.
      SO_ATTACH_REUSEPORT_CBPF: Attach a classic BPF program that selects the socket of a reuseport group.
      SO_ATTACH_REUSEPORT_EBPF: Attach an extended BPF program that selects the socket of a reuseport group.
      SO_DETACH_REUSEPORT_BPF: Remove the program of the reuseport group.
      SO_CNX_ADVICE: Report a bad path, so that the kernel tries another.
      SO_MEMINFO: The socket’s memory counters; read-only.
      SO_COOKIE: The unique number of the socket; read-only.
      SO_NETNS_COOKIE: The unique number of the network namespace; read-only.
      SO_PEERGROUPS: The supplementary groups of the connected peer; read-only.
      SO_ZEROCOPY: Allow MSG_ZEROCOPY.
      SO_TXTIME: Send each packet at the time in its SCM_TXTIME.
      SO_TIMESTAMP: Receive a timestamp with each datagram, in microseconds.
      SO_TIMESTAMPNS: Receive a timestamp with each datagram, in nanoseconds.
      SO_TIMESTAMPING: The timestamps of sent and received packets, by software or hardware.
      SO_TIMESTAMP_OLD: SO_TIMESTAMP with the timeval of the C library; on 64-bit systems the same as SO_TIMESTAMP.
      SO_TIMESTAMPNS_OLD: SO_TIMESTAMPNS with the timespec of the C library.
      SO_TIMESTAMPING_OLD: SO_TIMESTAMPING with the timespec of the C library.
      SO_TIMESTAMP_NEW: SO_TIMESTAMP with 64 bits of seconds on every architecture.
      SO_TIMESTAMPNS_NEW: SO_TIMESTAMPNS with 64 bits of seconds on every architecture.
      SO_TIMESTAMPING_NEW: SO_TIMESTAMPING with 64 bits of seconds on every architecture.
      SO_RCVTIMEO_OLD: SO_RCVTIMEO with the timeval of the C library.
      SO_SNDTIMEO_OLD: SO_SNDTIMEO with the timeval of the C library.
      SO_RCVTIMEO_NEW: SO_RCVTIMEO with 64 bits of seconds on every architecture.
      SO_SNDTIMEO_NEW: SO_SNDTIMEO with 64 bits of seconds on every architecture.
      SO_BUF_LOCK: The buffers with a fixed size, which the kernel does not adjust.
      SO_RESERVE_MEM: The number of bytes of memory reserved for this socket.
      SO_TXREHASH: Whether the flow hash of a connection changes when a path fails.
      SO_RCVMARK: Receive the mark of each packet as a control message.
      SO_PASSPIDFD: Receive a file descriptor of the sending process as SCM_PIDFD.
      SO_PEERPIDFD: A file descriptor of the connected peer’s process; read-only.
      SO_DEVMEM_LINEAR: The type of the control message SCM_DEVMEM_LINEAR.
      SO_DEVMEM_DMABUF: The type of the control message SCM_DEVMEM_DMABUF.
      SO_DEVMEM_DONTNEED: Return fragments of device memory (dmabuf_token).
      SO_RCVPRIORITY: Receive the priority of each packet as a control message.
      SO_PASSRIGHTS: Whether the socket accepts file descriptors as SCM_RIGHTS.
      SO_INQ: Receive the number of bytes left to read as a control message.
      SO_RIGHTS_NOTRUNC: Keep the remaining file descriptors when a security module withholds one.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET that Linux does not have.',
    kind: 'option',
    except: 'SO_SYNCHRONOUS_ALERT SO_SYNCHRONOUS_NONALERT',
    man: 'setsockopt(2)',
    headers: { linux: [] },
    names: `
      SO_USELOOPBACK: Bypass hardware when possible.
      SO_EXCLUSIVEADDRUSE: Prevent other sockets from binding this address.
      SO_DONTLINGER: Disable SO_LINGER.
      SO_CONDITIONAL_ACCEPT: The program, not the stack, accepts or rejects incoming connections.
      SO_CONNECT_TIME: The number of seconds that the connection has lasted; read-only.
      SO_GROUP_ID: Reserved.
      SO_GROUP_PRIORITY: Reserved.
      SO_MAX_MSG_SIZE: The maximum size of a datagram; read-only.
      SO_OPENTYPE: Whether new sockets of this thread are overlapped. It is not set on a socket.
      SO_PROTOCOL_INFOA: The WSAPROTOCOL_INFOA of the socket’s protocol; read-only.
      SO_PROTOCOL_INFOW: The WSAPROTOCOL_INFOW of the socket’s protocol; read-only.
      SO_MAXDG: The maximum size of a sent datagram; read-only.
      SO_MAXPATHDG: The maximum size of a datagram to the connected peer; read-only.
      SO_CONNDATA: Data to send with a request to connect.
      SO_CONNOPT: Options to send with a request to connect.
      SO_DISCDATA: Data to send with a request to disconnect.
      SO_DISCOPT: Options to send with a request to disconnect.
      SO_CONNDATALEN: The length of SO_CONNDATA.
      SO_CONNOPTLEN: The length of SO_CONNOPT.
      SO_DISCDATALEN: The length of SO_DISCDATA.
      SO_DISCOPTLEN: The length of SO_DISCOPT.
      SO_SYNCHRONOUS_ALERT: A value of SO_OPENTYPE: not overlapped, and alertable.
      SO_SYNCHRONOUS_NONALERT: A value of SO_OPENTYPE: not overlapped.
      SO_TIMESTAMP_ID: The number of a send timestamp.
      SO_PAUSE_ACCEPT: Pause accepting connections.
      SO_COMPARTMENT_ID: The network compartment of the socket.
      SO_RANDOMIZE_PORT: Choose automatic ports at random.
      SO_PORT_SCALABILITY: Assign automatic ports separately for each local address.
      SO_REUSE_UNICASTPORT: Choose an automatic port in connect() and not in bind().
      SO_REUSE_MULTICASTPORT: Let all sockets of the port receive multicast.
      SO_UPDATE_ACCEPT_CONTEXT: Complete a socket of AcceptEx.
      SO_UPDATE_CONNECT_CONTEXT: Complete a socket of ConnectEx.
      SO_NOSIGPIPE: Return EPIPE without a signal when sending to a closed peer.
      SO_NREAD: The number of bytes to read; read-only.
      SO_NWRITE: The number of unsent bytes; read-only.
      SO_NUMRCVPKT: The number of datagrams to read; read-only.
      SO_LINGER_SEC: SO_LINGER in seconds.
      SO_TIMESTAMP_MONOTONIC: Receive a timestamp of the monotonic clock with each datagram.
      SO_DONTTRUNC: Keep the unread rest of a datagram.
      SO_WANTMORE: Report available data with MSG_HAVEMORE.
      SO_WANTOOBFLAG: Report out-of-band data with MSG_OOB.
      SO_REUSESHAREUID: Let sockets of other users bind the same address.
      SO_NOTIFYCONFLICT: Report a bind() that conflicts with another socket.
      SO_UPCALLCLOSEWAIT: close() waits until a kernel callback has returned.
      SO_RANDOMPORT: Choose automatic ports at random.
      SO_NP_EXTENSIONS: Disable some requirements of POSIX.
      SO_NET_SERVICE_TYPE: The type of traffic, one of the NET_SERVICE_TYPE_ constants.
      SO_NETSVC_MARKING_LEVEL: The packet marking for SO_NET_SERVICE_TYPE; read-only.
      SO_RESOLVER_SIGNATURE: A signature of the system’s resolver.
      SO_LABEL: The socket’s security label; deprecated.
      SO_PEERLABEL: The peer’s security label; deprecated.
      SO_NKE: Attach a kernel filter.
      SO_NOADDRERR: Fail with EADDRNOTAVAIL if the local address no longer exists.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET on FreeBSD.',
    kind: 'option',
    man: 'setsockopt(2)',
    headers: { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'sys/socket.h'] },
    names: `
      SO_SETFIB: The routing table (FIB) of the socket.
      SO_USER_COOKIE: A number that the firewall and dummynet can match.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET on OpenBSD.',
    kind: 'option',
    man: 'setsockopt(2)',
    absent: true,
    names: 'SO_RTABLE: The routing table of the socket; OpenBSD defines it.',
  },
];
