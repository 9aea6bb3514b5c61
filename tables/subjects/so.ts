import type { Group } from '../subject.js';

/** The options of every socket, in the subject of every socket. */
export const so: readonly Group[] = [
  {
    about: 'A socket option of level SOL_SOCKET.',
    kind: 'option',
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
      SO_SECURITY_AUTHENTICATION: A number that no kernel ever took.
      SO_SECURITY_ENCRYPTION_TRANSPORT: A number that no kernel ever took.
      SO_SECURITY_ENCRYPTION_NETWORK: A number that no kernel ever took.
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
      SO_WIFI_STATUS: Receive whether each packet was acknowledged over the air, as SCM_WIFI_STATUS.
      SO_NOFCS: Frames sent bring their own checksum along.
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
      SO_TIMESTAMP_OLD: SO_TIMESTAMP with the C library’s own timeval: what the name without ending means on 64 bits.
      SO_TIMESTAMPNS_OLD: SO_TIMESTAMPNS with the C library’s own timespec.
      SO_TIMESTAMPING_OLD: SO_TIMESTAMPING with the C library’s own timespec.
      SO_TIMESTAMP_NEW: SO_TIMESTAMP with 64 bits of seconds on every architecture.
      SO_TIMESTAMPNS_NEW: SO_TIMESTAMPNS with 64 bits of seconds on every architecture.
      SO_TIMESTAMPING_NEW: SO_TIMESTAMPING with 64 bits of seconds on every architecture.
      SO_RCVTIMEO_OLD: SO_RCVTIMEO with the C library’s own timeval.
      SO_SNDTIMEO_OLD: SO_SNDTIMEO with the C library’s own timeval.
      SO_RCVTIMEO_NEW: SO_RCVTIMEO with 64 bits of seconds on every architecture.
      SO_SNDTIMEO_NEW: SO_SNDTIMEO with 64 bits of seconds on every architecture.
      SO_BUF_LOCK: Which buffer sizes were set by hand and so do not grow by themselves.
      SO_RESERVE_MEM: Bytes of memory kept for this socket alone.
      SO_TXREHASH: Whether a connection changes its flow hash when a path fails.
      SO_RCVMARK: Receive the mark of each packet as a control message.
      SO_PASSPIDFD: Receive a descriptor of the sending process as SCM_PIDFD.
      SO_PEERPIDFD: A descriptor of the connected peer’s process; read only.
      SO_DEVMEM_LINEAR: The number of SCM_DEVMEM_LINEAR.
      SO_DEVMEM_DMABUF: The number of SCM_DEVMEM_DMABUF.
      SO_DEVMEM_DONTNEED: Give fragments of device memory back (dmabuf_token).
      SO_RCVPRIORITY: Receive the priority of each packet as a control message.
      SO_PASSRIGHTS: Whether descriptors may arrive as SCM_RIGHTS.
      SO_INQ: Receive how many bytes remain to be read, as a control message.
      SO_RIGHTS_NOTRUNC: A descriptor that a security module withholds does not cut off those after it.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET that Linux never had.',
    kind: 'option',
    except: 'SO_SYNCHRONOUS_ALERT SO_SYNCHRONOUS_NONALERT',
    man: 'setsockopt(2)',
    headers: { linux: [] },
    names: `
      SO_USELOOPBACK: Bypass hardware when possible.
      SO_EXCLUSIVEADDRUSE: Keep every other socket from binding this address.
      SO_DONTLINGER: SO_LINGER turned off.
      SO_CONDITIONAL_ACCEPT: The program and not the stack answers connections that come in.
      SO_CONNECT_TIME: How many seconds the connection has lasted; read only.
      SO_GROUP_ID: Reserved.
      SO_GROUP_PRIORITY: Reserved.
      SO_MAX_MSG_SIZE: The longest datagram; read only.
      SO_OPENTYPE: Whether new sockets of this thread are overlapped; set on no socket.
      SO_PROTOCOL_INFOA: The WSAPROTOCOL_INFOA of the socket’s protocol; read only.
      SO_PROTOCOL_INFOW: The WSAPROTOCOL_INFOW of the socket’s protocol; read only.
      SO_MAXDG: The longest datagram that can be sent; read only.
      SO_MAXPATHDG: The longest datagram that can be sent to the connected peer; read only.
      SO_CONNDATA: Data to send along with a request to connect.
      SO_CONNOPT: Options to send along with a request to connect.
      SO_DISCDATA: Data to send along with a request to disconnect.
      SO_DISCOPT: Options to send along with a request to disconnect.
      SO_CONNDATALEN: The length of SO_CONNDATA.
      SO_CONNOPTLEN: The length of SO_CONNOPT.
      SO_DISCDATALEN: The length of SO_DISCDATA.
      SO_DISCOPTLEN: The length of SO_DISCOPT.
      SO_SYNCHRONOUS_ALERT: A value of SO_OPENTYPE: not overlapped, and alertable.
      SO_SYNCHRONOUS_NONALERT: A value of SO_OPENTYPE: not overlapped.
      SO_TIMESTAMP_ID: The number of a send timestamp that was asked for.
      SO_PAUSE_ACCEPT: Accept no more connections for the time being.
      SO_COMPARTMENT_ID: The network compartment of the socket.
      SO_RANDOMIZE_PORT: Choose automatic ports at random.
      SO_PORT_SCALABILITY: Give automatic ports of each local address by itself.
      SO_REUSE_UNICASTPORT: Choose the port at connect() and not at bind().
      SO_REUSE_MULTICASTPORT: Every socket of the port receives what is sent to groups.
      SO_UPDATE_ACCEPT_CONTEXT: Finish a socket that AcceptEx made.
      SO_UPDATE_CONNECT_CONTEXT: Finish a socket that ConnectEx made.
      SO_NOSIGPIPE: Sending to a closed peer fails with EPIPE and raises no signal.
      SO_NREAD: Bytes that wait to be read; read only.
      SO_NWRITE: Bytes not yet sent; read only.
      SO_NUMRCVPKT: Datagrams that wait to be read; read only.
      SO_LINGER_SEC: SO_LINGER in seconds.
      SO_TIMESTAMP_MONOTONIC: Receive a timestamp of the monotonic clock with each datagram.
      SO_DONTTRUNC: What of a datagram is not read stays.
      SO_WANTMORE: Tell by MSG_HAVEMORE whether more is there.
      SO_WANTOOBFLAG: Tell by MSG_OOB of out-of-band data.
      SO_REUSESHAREUID: Let sockets of other users bind the same address.
      SO_NOTIFYCONFLICT: Tell of a bind() that another socket is in the way of.
      SO_UPCALLCLOSEWAIT: close() waits for a call of the kernel’s own to return.
      SO_RANDOMPORT: Choose automatic ports at random.
      SO_NP_EXTENSIONS: Turn off some of what POSIX asks for.
      SO_NET_SERVICE_TYPE: The kind of traffic, one of NET_SERVICE_TYPE_.
      SO_NETSVC_MARKING_LEVEL: How packets are marked for that; read only.
      SO_RESOLVER_SIGNATURE: What the system’s resolver has signed.
      SO_LABEL: The socket’s security label; deprecated.
      SO_PEERLABEL: The peer’s security label; deprecated.
      SO_NKE: Attach a filter of the kernel’s own.
      SO_NOADDRERR: Fail with EADDRNOTAVAIL when the local address is gone.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET on FreeBSD.',
    kind: 'option',
    man: 'setsockopt(2)',
    headers: { linux: [], win32: [], darwin: [], freebsd: ['sys/types.h', 'sys/socket.h'] },
    names: `
      SO_SETFIB: The routing table (FIB) that the socket uses.
      SO_USER_COOKIE: A number for the firewall and dummynet to match.`,
  },
  {
    about: 'A socket option of level SOL_SOCKET on OpenBSD.',
    kind: 'option',
    man: 'setsockopt(2)',
    absent: true,
    names: 'SO_RTABLE: The routing table that the socket uses; OpenBSD names it.',
  },
];
