import type { Room } from '../room.js';

export const tipc: Room = {
  name: 'tipc',
  constants: 'src/families/tipc/constants.ts',
  layout: 'src/families/tipc/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/tipc.h'] },
  groups: [
    {
      about: 'The TIPC family: messages within a cluster.',
      man: 'https://docs.tipc.io',
      family: 'tipc',
      names: `
        AF_TIPC: The TIPC family: messages within a cluster.
        PF_TIPC: The same number as AF_TIPC.`,
    },
    {
      about: 'A kind of TIPC address.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ADDR_NAMESEQ TIPC_ADDR_NAME TIPC_ADDR_ID TIPC_ADDR_MCAST TIPC_SERVICE_RANGE TIPC_SERVICE_ADDR
        TIPC_SOCKET_ADDR`,
    },
    {
      about: 'How far a name is known.',
      man: 'https://docs.tipc.io',
      names: 'TIPC_ZONE_SCOPE TIPC_CLUSTER_SCOPE TIPC_NODE_SCOPE',
    },
    {
      about: 'A socket option of level SOL_TIPC.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_IMPORTANCE: How important messages are, one of TIPC_…_IMPORTANCE.
        TIPC_SRC_DROPPABLE: Drop messages under congestion rather than block the sender.
        TIPC_DEST_DROPPABLE: Drop messages that cannot be delivered rather than return them.
        TIPC_CONN_TIMEOUT: How long connect() tries, in milliseconds; 8000 where nothing was set.
        TIPC_NODE_RECVQ_DEPTH: Messages that wait in the whole node; read only.
        TIPC_SOCK_RECVQ_DEPTH: Messages that wait in this socket; read only.
        TIPC_MCAST_BROADCAST: Send groups by broadcast; takes no value.
        TIPC_MCAST_REPLICAST: Send groups one by one; takes no value.
        TIPC_GROUP_JOIN: Join a communication group (tipc_group_req).
        TIPC_GROUP_LEAVE: Leave the communication group; takes no value.
        TIPC_SOCK_RECVQ_USED: Bytes that wait in this socket; read only.
        TIPC_NODELAY: Send at once, however little.
        TIPC_GROUP_LOOPBACK: In tipc_group_req: receive a copy of what is sent.
        TIPC_GROUP_MEMBER_EVTS: In tipc_group_req: receive who joins and leaves.`,
    },
    {
      about: 'A value of TIPC_IMPORTANCE.',
      man: 'https://docs.tipc.io',
      names: 'TIPC_LOW_IMPORTANCE TIPC_MEDIUM_IMPORTANCE TIPC_HIGH_IMPORTANCE TIPC_CRITICAL_IMPORTANCE',
    },
    {
      about: 'Of subscriptions to names.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_SUB_PORTS TIPC_SUB_SERVICE TIPC_SUB_CANCEL TIPC_PUBLISHED TIPC_WITHDRAWN TIPC_SUBSCR_TIMEOUT
        TIPC_WAIT_FOREVER: The timeout that never comes; all ones, as a 32-bit field.
        TIPC_CFG_SRV TIPC_TOP_SRV TIPC_NODE_STATE TIPC_LINK_STATE TIPC_RESERVED_TYPES TIPC_MAX_USER_MSG_SIZE`,
    },
    {
      about: 'A control message of level SOL_TIPC, or what it says.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ERRINFO TIPC_RETDATA TIPC_DESTNAME TIPC_OK TIPC_ERR_NO_NAME TIPC_ERR_NO_PORT TIPC_ERR_NO_NODE
        TIPC_ERR_OVERLOAD TIPC_CONN_SHUTDOWN`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_tipc',
      about: 'a TIPC address; which of the later fields count, `addrtype` says.',
      fields: `
        family addrtype scope ref=addr.id.ref node=addr.id.node range_type=addr.nameseq.type
        lower=addr.nameseq.lower upper=addr.nameseq.upper type=addr.name.name.type
        instance=addr.name.name.instance domain=addr.name.domain`,
    },
    {
      name: 'tipc_subscr',
      about: 'a subscription, sent to the topology server.',
      fields: 'type=seq.type lower=seq.lower upper=seq.upper timeout filter usr_handle+',
    },
    {
      name: 'tipc_event',
      about: 'what the topology server says.',
      fields: 'event found_lower found_upper ref=port.ref node=port.node s',
    },
    {
      name: 'tipc_service_range',
      about: 'a range of instances of a service; the control message TIPC_DESTNAME.',
      fields: 'type lower upper',
    },
    { name: 'tipc_group_req', about: 'the value of TIPC_GROUP_JOIN.', fields: 'type instance scope flags' },
  ],
};
