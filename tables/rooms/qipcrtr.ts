import type { Room } from '../room.js';

export const qipcrtr: Room = {
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
        QRTR_NODE_BCAST: Every node.
        QRTR_PORT_CTRL: The port of control packets.`,
    },
    {
      about: 'A kind of control packet (cmd of qrtr_ctrl_pkt).',
      names: `
        QRTR_TYPE_DATA QRTR_TYPE_HELLO QRTR_TYPE_BYE QRTR_TYPE_NEW_SERVER QRTR_TYPE_DEL_SERVER QRTR_TYPE_DEL_CLIENT
        QRTR_TYPE_RESUME_TX QRTR_TYPE_EXIT QRTR_TYPE_PING QRTR_TYPE_NEW_LOOKUP QRTR_TYPE_DEL_LOOKUP`,
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
