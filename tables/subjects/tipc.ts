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
        TIPC_SERVICE_RANGE: A range of a service’s instances.
        TIPC_SERVICE_ADDR: One instance of a service.
        TIPC_SOCKET_ADDR: One socket.
        TIPC_ADDR_NAMESEQ: The same number as TIPC_SERVICE_RANGE.
        TIPC_ADDR_MCAST: The same number as TIPC_SERVICE_RANGE: to all sockets of the range.
        TIPC_ADDR_NAME: The same number as TIPC_SERVICE_ADDR.
        TIPC_ADDR_ID: The same number as TIPC_SOCKET_ADDR.`,
    },
    {
      about: 'How far a name is known.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ZONE_SCOPE: As TIPC_CLUSTER_SCOPE: there are no zones any more.
        TIPC_CLUSTER_SCOPE: In the whole cluster.
        TIPC_NODE_SCOPE: In this node alone.`,
    },
    {
      about: 'A socket option of level SOL_TIPC.',
      kind: 'option',
      except: 'TIPC_GROUP_LOOPBACK TIPC_GROUP_MEMBER_EVTS',
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
      names: `
        TIPC_LOW_IMPORTANCE: Dropped first; where nothing was set.
        TIPC_MEDIUM_IMPORTANCE: Dropped later.
        TIPC_HIGH_IMPORTANCE: Dropped later yet.
        TIPC_CRITICAL_IMPORTANCE: Dropped last.`,
    },
    {
      about: 'Of subscriptions to names.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_SUB_PORTS: Filter: every socket that binds or leaves.
        TIPC_SUB_SERVICE: Filter: the first that binds, and the last that leaves.
        TIPC_SUB_CANCEL: Filter: end this subscription.
        TIPC_PUBLISHED: Event: a name was bound.
        TIPC_WITHDRAWN: Event: a name was left.
        TIPC_SUBSCR_TIMEOUT: Event: the subscription’s time ran out.
        TIPC_WAIT_FOREVER: The timeout that never comes; all ones, as a 32-bit field.
        TIPC_CFG_SRV: Service: configuration; no longer in Linux.
        TIPC_TOP_SRV: Service: the topology server.
        TIPC_NODE_STATE: Service: the nodes that can be reached.
        TIPC_LINK_STATE: Service: the links to other nodes.
        TIPC_RESERVED_TYPES: The first service that is free for programs.
        TIPC_MAX_USER_MSG_SIZE: The longest message.`,
    },
    {
      about: 'A length of TIPC’s names and keys, in bytes.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_NODEID_LEN: A node’s identity.
        TIPC_MAX_MEDIA_NAME: The name of a medium.
        TIPC_MAX_IF_NAME: The name of an interface.
        TIPC_MAX_BEARER_NAME: The name of a bearer: medium and interface.
        TIPC_MAX_LINK_NAME: The name of a link.
        TIPC_AEAD_ALG_NAME: The name of a cipher.
        TIPC_AEAD_KEYLEN_MIN: The shortest key, its salt included.
        TIPC_AEAD_KEYLEN_MAX: The longest key, its salt included.
        TIPC_AEAD_KEY_SIZE_MAX: The longest tipc_aead_key.
        TIPC_REKEYING_NOW: No length: change the keys now; all ones.`,
    },
    {
      about: 'A part of the old addresses of nodes: zone, cluster and node in 32 bits.',
      man: 'https://docs.tipc.io',
      hex: true,
      names: `
        TIPC_NODE_BITS TIPC_CLUSTER_BITS TIPC_ZONE_BITS TIPC_NODE_OFFSET TIPC_CLUSTER_OFFSET TIPC_ZONE_OFFSET
        TIPC_NODE_SIZE TIPC_CLUSTER_SIZE TIPC_ZONE_SIZE TIPC_NODE_MASK TIPC_CLUSTER_MASK TIPC_ZONE_MASK
        TIPC_ZONE_CLUSTER_MASK`,
    },
    {
      about: 'A control message of level SOL_TIPC, or what it says.',
      man: 'https://docs.tipc.io',
      names: `
        TIPC_ERRINFO: Why a message came back, and its length.
        TIPC_RETDATA: What came back.
        TIPC_DESTNAME: The name that a message was sent to.
        TIPC_OK: Of TIPC_ERRINFO: nothing.
        TIPC_ERR_NO_NAME: Of TIPC_ERRINFO: nobody has the name.
        TIPC_ERR_NO_PORT: Of TIPC_ERRINFO: the socket is gone.
        TIPC_ERR_NO_NODE: Of TIPC_ERRINFO: the node is gone.
        TIPC_ERR_OVERLOAD: Of TIPC_ERRINFO: its queue is full.
        TIPC_CONN_SHUTDOWN: Of TIPC_ERRINFO: the connection was closed.`,
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
