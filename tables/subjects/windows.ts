import type { Subject } from '../subject.js';

/** The codes of WSAIoctl, which only Windows has. */
export const windows: Subject = {
  name: 'WSAIoctl',
  constants: 'src/constants/windows.ts',
  layout: 'src/families/inet/windows-layout.ts',
  platform: 'win32',
  headers: { win32: ['winsock2.h', 'ws2tcpip.h', 'mstcpip.h', 'mswsock.h'] },
  groups: [
    {
      about: 'A code of WSAIoctl().',
      man: 'WSAIoctl',
      hex: true,
      names: `
        SIO_RCVALL: Receive all packets of an interface, one of the RCVALL_ constants.
        SIO_KEEPALIVE_VALS: The keepalive settings: enabled, idle time and interval.
        SIO_LOOPBACK_FAST_PATH: Use a faster path for loopback connections.
        SIO_RCVALL_MCAST SIO_RCVALL_IGMPMCAST SIO_RCVALL_MCAST_IF SIO_RCVALL_IF SIO_ABSORB_RTRALERT SIO_UCAST_IF
        SIO_LIMIT_BROADCASTS SIO_INDEX_BIND SIO_INDEX_MCASTIF SIO_INDEX_ADD_MCAST SIO_INDEX_DEL_MCAST
        SIO_TCP_INITIAL_RTO SIO_APPLY_TRANSPORT_SETTING SIO_QUERY_TRANSPORT_SETTING SIO_TCP_SET_ICW
        SIO_TCP_SET_ACK_FREQUENCY SIO_SET_PRIORITY_HINT SIO_TCP_INFO SIO_CPU_AFFINITY SIO_TIMESTAMPING
        SIO_GET_TX_TIMESTAMP SIO_ACQUIRE_PORT_RESERVATION SIO_RELEASE_PORT_RESERVATION SIO_ASSOCIATE_PORT_RESERVATION
        SIO_ADDRESS_LIST_QUERY SIO_ADDRESS_LIST_CHANGE SIO_ADDRESS_LIST_SORT SIO_ASSOCIATE_HANDLE
        SIO_ENABLE_CIRCULAR_QUEUEING SIO_FIND_ROUTE SIO_FLUSH SIO_GET_BROADCAST_ADDRESS
        SIO_GET_EXTENSION_FUNCTION_POINTER SIO_GET_INTERFACE_LIST SIO_GET_INTERFACE_LIST_EX SIO_GET_QOS
        SIO_GET_GROUP_QOS SIO_MULTIPOINT_LOOPBACK SIO_MULTICAST_SCOPE SIO_SET_QOS SIO_SET_GROUP_QOS
        SIO_SET_MULTICAST_FILTER SIO_GET_MULTICAST_FILTER SIO_TRANSLATE_HANDLE SIO_ROUTING_INTERFACE_QUERY
        SIO_ROUTING_INTERFACE_CHANGE SIO_QUERY_TARGET_PNP_HANDLE SIO_NSP_NOTIFY_CHANGE
        SIO_UDP_CONNRESET: Whether an ICMP “port unreachable” message fails the next receive.
        SIO_BASE_HANDLE SIO_BSP_HANDLE SIO_BSP_HANDLE_SELECT SIO_BSP_HANDLE_POLL SIO_EXT_SELECT SIO_EXT_POLL
        SIO_EXT_SENDMSG
        SIO_PRIORITY_HINT: The same number as SIO_SET_PRIORITY_HINT.`,
    },
    {
      about: 'A value of SIO_RCVALL.',
      man: 'WSAIoctl',
      names: `
        RCVALL_OFF: Receive only the packets of this socket.
        RCVALL_ON: Receive all packets.
        RCVALL_SOCKETLEVELONLY: Not implemented by Windows.
        RCVALL_IPLEVEL: Receive all packets of the IP layer, without promiscuous mode.
        RCVALL_MAX=RCVALL_IPLEVEL: The greatest value of SIO_RCVALL.`,
    },
  ],
  structs: [
    {
      name: 'windows_pktinfo',
      type: 'struct in_pktinfo',
      about: 'the control message IP_PKTINFO of Windows.',
      fields: 'ipi_addr ipi_ifindex',
    },
  ],
};
