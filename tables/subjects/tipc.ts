import type { Subject } from '../subject.js';

export const tipc: Subject = {
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
        TIPC_SERVICE_RANGE: A range of service instances.
        TIPC_SERVICE_ADDR: A service instance.
        TIPC_SOCKET_ADDR: A socket.
        TIPC_ADDR_NAMESEQ: The same number as TIPC_SERVICE_RANGE.
        TIPC_ADDR_MCAST: The same number as TIPC_SERVICE_RANGE: to all sockets of the range.
        TIPC_ADDR_NAME: The same number as TIPC_SERVICE_ADDR.
        TIPC_ADDR_ID: The same number as TIPC_SOCKET_ADDR.`,
    },
    {
      about: 'The scope in which a name is visible.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ZONE_SCOPE: The same as TIPC_CLUSTER_SCOPE; zones no longer exist.
        TIPC_CLUSTER_SCOPE: The whole cluster.
        TIPC_NODE_SCOPE: Only this node.`,
    },
    {
      about: 'A socket option of level SOL_TIPC.',
      kind: 'option',
      except: 'TIPC_GROUP_LOOPBACK TIPC_GROUP_MEMBER_EVTS',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_IMPORTANCE: The importance of messages, TIPC_LOW_IMPORTANCE to TIPC_CRITICAL_IMPORTANCE.
        TIPC_SRC_DROPPABLE: Drop messages under congestion instead of blocking the sender.
        TIPC_DEST_DROPPABLE: Drop undeliverable messages instead of returning them.
        TIPC_CONN_TIMEOUT: The timeout of connect(), in milliseconds; 8000 by default.
        TIPC_NODE_RECVQ_DEPTH: The number of messages queued in the node; read-only.
        TIPC_SOCK_RECVQ_DEPTH: The number of messages queued in this socket; read-only.
        TIPC_MCAST_BROADCAST: Send multicast messages by broadcast; takes no value.
        TIPC_MCAST_REPLICAST: Send multicast messages as copies, one per destination; takes no value.
        TIPC_GROUP_JOIN: Join a communication group (tipc_group_req).
        TIPC_GROUP_LEAVE: Leave the communication group; takes no value.
        TIPC_SOCK_RECVQ_USED: The number of bytes queued in this socket; read-only.
        TIPC_NODELAY: Send small messages immediately.
        TIPC_GROUP_LOOPBACK: Flag of tipc_group_req: receive copies of sent messages.
        TIPC_GROUP_MEMBER_EVTS: Flag of tipc_group_req: receive events when members join and leave.`,
    },
    {
      about: 'A value of TIPC_IMPORTANCE.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_LOW_IMPORTANCE: Dropped first; the default.
        TIPC_MEDIUM_IMPORTANCE: Dropped after TIPC_LOW_IMPORTANCE.
        TIPC_HIGH_IMPORTANCE: Dropped after TIPC_MEDIUM_IMPORTANCE.
        TIPC_CRITICAL_IMPORTANCE: Dropped last.`,
    },
    {
      about: 'A constant of subscriptions to names.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_SUB_PORTS: Filter: report each socket that binds or unbinds.
        TIPC_SUB_SERVICE: Filter: report the first socket that binds and the last that unbinds.
        TIPC_SUB_CANCEL: Filter: cancel this subscription.
        TIPC_PUBLISHED: Event: a name was bound.
        TIPC_WITHDRAWN: Event: a name was unbound.
        TIPC_SUBSCR_TIMEOUT: Event: the subscription timed out.
        TIPC_WAIT_FOREVER: The timeout of subscriptions that do not time out; all ones, as a 32-bit field.
        TIPC_CFG_SRV: Service: configuration; removed from Linux.
        TIPC_TOP_SRV: Service: the topology server.
        TIPC_NODE_STATE: Service: the reachable nodes.
        TIPC_LINK_STATE: Service: the links to other nodes.
        TIPC_RESERVED_TYPES: The first service type that programs can use.
        TIPC_MAX_USER_MSG_SIZE: The maximum size of a message.`,
    },
    {
      about: 'A length of TIPC names and keys, in bytes.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_NODEID_LEN: The length of a node’s identity.
        TIPC_MAX_MEDIA_NAME: The length of the name of a medium.
        TIPC_MAX_IF_NAME: The length of the name of an interface.
        TIPC_MAX_BEARER_NAME: The length of the name of a bearer: medium and interface.
        TIPC_MAX_LINK_NAME: The length of the name of a link.
        TIPC_AEAD_ALG_NAME: The length of the name of a cipher.
        TIPC_AEAD_KEYLEN_MIN: The minimum length of a key, including its salt.
        TIPC_AEAD_KEYLEN_MAX: The maximum length of a key, including its salt.
        TIPC_AEAD_KEY_SIZE_MAX: The maximum size of a tipc_aead_key.
        TIPC_REKEYING_NOW: Change the keys immediately; not a length; all ones.`,
    },
    {
      about: 'A part of the old node addresses: zone, cluster and node in 32 bits.',
      man: 'https://docs.tipc.io',
      hex: true,
      names: `
        TIPC_NODE_BITS TIPC_CLUSTER_BITS TIPC_ZONE_BITS TIPC_NODE_OFFSET TIPC_CLUSTER_OFFSET TIPC_ZONE_OFFSET
        TIPC_NODE_SIZE TIPC_CLUSTER_SIZE TIPC_ZONE_SIZE TIPC_NODE_MASK TIPC_CLUSTER_MASK TIPC_ZONE_MASK
        TIPC_ZONE_CLUSTER_MASK`,
    },
    {
      about: 'A control message of level SOL_TIPC, or a value of one.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ERRINFO: The reason why a message was returned, and its length.
        TIPC_RETDATA: The data of a returned message.
        TIPC_DESTNAME: The name that a message was sent to.
        TIPC_OK: TIPC_ERRINFO code: no error.
        TIPC_ERR_NO_NAME: TIPC_ERRINFO code: no socket has the name.
        TIPC_ERR_NO_PORT: TIPC_ERRINFO code: the socket no longer exists.
        TIPC_ERR_NO_NODE: TIPC_ERRINFO code: the node is unreachable.
        TIPC_ERR_OVERLOAD: TIPC_ERRINFO code: the queue of the receiver is full.
        TIPC_CONN_SHUTDOWN: TIPC_ERRINFO code: the connection was closed.`,
    },
  ],
  structs: [
    {
      name: 'sockaddr_tipc',
      about: 'a TIPC address; `addrtype` selects the fields that follow it.',
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
      about: 'an event from the topology server.',
      fields: 'event found_lower found_upper ref=port.ref node=port.node s',
    },
    {
      name: 'tipc_service_range',
      about: 'a range of service instances; the control message TIPC_DESTNAME.',
      fields: 'type lower upper',
    },
    { name: 'tipc_group_req', about: 'the value of TIPC_GROUP_JOIN.', fields: 'type instance scope flags' },
  ],
};
