import type { Subject } from '../subject.js';

export const qipcrtr: Subject = {
  name: 'qipcrtr',
  constants: 'src/families/qipcrtr/constants.ts',
  layout: 'src/families/qipcrtr/layout.ts',
  headers: { linux: ['sys/socket.h', 'linux/qrtr.h'] },
  groups: [
    {
      about: 'The family of Qualcomm’s IPC router.',
      family: 'qipcrtr',
      names: `
        AF_QIPCRTR: The family of Qualcomm’s IPC router.
        PF_QIPCRTR: The same number as AF_QIPCRTR.`,
    },
    {
      about: 'A special node or port.',
      names: `
        QRTR_NODE_BCAST: All nodes.
        QRTR_PORT_CTRL: The port of control packets.`,
    },
    {
      about: 'A kind of control packet (cmd of qrtr_ctrl_pkt).',
      names: `
        QRTR_TYPE_DATA: Data.
        QRTR_TYPE_HELLO: A node has started.
        QRTR_TYPE_BYE: A node has stopped.
        QRTR_TYPE_NEW_SERVER: A server was added.
        QRTR_TYPE_DEL_SERVER: A server was removed.
        QRTR_TYPE_DEL_CLIENT: A client was removed.
        QRTR_TYPE_RESUME_TX: Sending can continue.
        QRTR_TYPE_EXIT: The node exits.
        QRTR_TYPE_PING: A query whether the node is alive.
        QRTR_TYPE_NEW_LOOKUP: Subscribe to the servers of a service.
        QRTR_TYPE_DEL_LOOKUP: Cancel a QRTR_TYPE_NEW_LOOKUP subscription.`,
    },
  ],
  structs: [
    { name: 'sockaddr_qrtr', about: 'an address of the IPC router.', fields: 'sq_family sq_node sq_port' },
    {
      name: 'qrtr_ctrl_pkt',
      about: 'a control packet.',
      fields: `
        cmd service=server.service instance=server.instance server_node=server.node server_port=server.port
        client_node=client.node client_port=client.port`,
    },
  ],
};
