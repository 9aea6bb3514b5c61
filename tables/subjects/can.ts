import type { Subject } from '../subject.js';

const can_header = ['sys/socket.h', 'linux/can.h'];

export const can: Subject = {
  name: 'can',
  constants: 'src/families/can/constants.ts',
  layout: 'src/families/can/layout.ts',
  headers: {
    linux: [...can_header, 'linux/can/raw.h', 'linux/can/bcm.h', 'linux/can/isotp.h', 'linux/can/j1939.h'],
  },
  groups: [
    {
      about: 'The Controller Area Network family.',
      man: 'Documentation/networking/can.rst',
      family: 'can',
      names: `
        AF_CAN: The Controller Area Network family.
        PF_CAN: The same number as AF_CAN.`,
    },
    {
      about: 'A CAN protocol, the third argument of `new Socket`.',
      kind: 'protocol',
      except: 'CAN_NPROTO',
      man: 'Documentation/networking/can.rst',
      names: `
        CAN_RAW: Raw frames.
        CAN_BCM: The Broadcast Manager: periodic sending, and filters for received content.
        CAN_TP16 CAN_TP20 CAN_MCNET
        CAN_ISOTP: Messages longer than a frame (ISO 15765-2).
        CAN_J1939: Messages between the control units of vehicles (SAE J1939).
        CAN_NPROTO`,
    },
    {
      about: 'A level of CAN socket options.',
      kind: 'level',
      man: 'Documentation/networking/can.rst',
      names: 'SOL_CAN_BASE SOL_CAN_RAW SOL_CAN_ISOTP SOL_CAN_J1939',
    },
    {
      about: 'A flag, a mask or a limit of CAN identifiers and frames.',
      man: 'Documentation/networking/can.rst',
      hex: true,
      names: `
        CAN_EFF_FLAG: The identifier is extended: 29 bits.
        CAN_RTR_FLAG: The frame is a remote transmission request.
        CAN_ERR_FLAG: The frame is an error frame.
        CAN_SFF_MASK: The bits of a standard identifier.
        CAN_EFF_MASK: The bits of an extended identifier.
        CAN_ERR_MASK: The bits of an error class.
        CAN_INV_FILTER: In the identifier of a filter: receive the frames that do not match.
        CANXL_PRIO_MASK CANFD_BRS CANFD_ESI CANFD_FDF CANXL_XLF CANXL_SEC CANXL_RRS`,
    },
    {
      about: 'A size or limit of CAN frames.',
      man: 'Documentation/networking/can.rst',
      names: `
        CAN_SFF_ID_BITS CAN_EFF_ID_BITS CANXL_PRIO_BITS CAN_MAX_DLC CAN_MAX_RAW_DLC CAN_MAX_DLEN CANFD_MAX_DLC
        CANFD_MAX_DLEN CANXL_MIN_DLC CANXL_MAX_DLC CANXL_MAX_DLC_MASK CANXL_MIN_DLEN CANXL_MAX_DLEN CANXL_VCID_OFFSET
        CANXL_VCID_VAL_MASK CANXL_VCID_MASK
        CAN_MTU: The size of a classic frame.
        CANFD_MTU: The size of an FD frame.
        CANXL_MTU: The size of the longest XL frame.
        CANXL_HDR_SIZE CANXL_MIN_MTU CANXL_MAX_MTU`,
    },
    {
      about: 'A socket option of level SOL_CAN_RAW.',
      kind: 'option',
      except: `
      CAN_RAW_FILTER_MAX CAN_RAW_XL_VCID_TX_SET CAN_RAW_XL_VCID_TX_PASS CAN_RAW_XL_VCID_RX_FILTER
      SCM_CAN_RAW_ERRQUEUE`,
      man: 'Documentation/networking/can.rst',
      names: `
        CAN_RAW_FILTER: The identifiers to receive (can_filter).
        CAN_RAW_ERR_FILTER: The error classes to receive.
        CAN_RAW_LOOPBACK: Whether other sockets of this host receive the frames that this socket sends.
        CAN_RAW_RECV_OWN_MSGS: Whether this socket receives the frames that it sends.
        CAN_RAW_FD_FRAMES: Whether the socket sends and receives FD frames.
        CAN_RAW_JOIN_FILTERS: Whether a frame must match all filters; otherwise one is enough.
        CAN_RAW_XL_FRAMES: Whether the socket sends and receives XL frames.
        CAN_RAW_XL_VCID_OPTS: The virtual CAN network of XL frames (can_raw_vcid_options).
        CAN_RAW_FILTER_MAX CAN_RAW_XL_VCID_TX_SET CAN_RAW_XL_VCID_TX_PASS CAN_RAW_XL_VCID_RX_FILTER SCM_CAN_RAW_ERRQUEUE`,
    },
    {
      about: 'A command of the Broadcast Manager (opcode of bcm_msg_head).',
      man: 'Documentation/networking/can.rst',
      names: `
        CAN_BCM_TX_SETUP=TX_SETUP CAN_BCM_TX_DELETE=TX_DELETE CAN_BCM_TX_READ=TX_READ CAN_BCM_TX_SEND=TX_SEND
        CAN_BCM_RX_SETUP=RX_SETUP CAN_BCM_RX_DELETE=RX_DELETE CAN_BCM_RX_READ=RX_READ CAN_BCM_TX_STATUS=TX_STATUS
        CAN_BCM_TX_EXPIRED=TX_EXPIRED CAN_BCM_RX_STATUS=RX_STATUS CAN_BCM_RX_TIMEOUT=RX_TIMEOUT
        CAN_BCM_RX_CHANGED=RX_CHANGED`,
    },
    {
      about: 'A flag of the Broadcast Manager (flags of bcm_msg_head).',
      man: 'Documentation/networking/can.rst',
      hex: true,
      names: `
        CAN_BCM_SETTIMER=SETTIMER CAN_BCM_STARTTIMER=STARTTIMER CAN_BCM_TX_COUNTEVT=TX_COUNTEVT
        CAN_BCM_TX_ANNOUNCE=TX_ANNOUNCE CAN_BCM_TX_CP_CAN_ID=TX_CP_CAN_ID CAN_BCM_RX_FILTER_ID=RX_FILTER_ID
        CAN_BCM_RX_CHECK_DLC=RX_CHECK_DLC CAN_BCM_RX_NO_AUTOTIMER=RX_NO_AUTOTIMER
        CAN_BCM_RX_ANNOUNCE_RESUME=RX_ANNOUNCE_RESUME CAN_BCM_TX_RESET_MULTI_IDX=TX_RESET_MULTI_IDX
        CAN_BCM_RX_RTR_FRAME=RX_RTR_FRAME CAN_BCM_CAN_FD_FRAME=CAN_FD_FRAME`,
    },
    {
      about: 'A socket option of level SOL_CAN_ISOTP.',
      kind: 'option',
      man: 'Documentation/networking/iso15765-2.rst',
      names: `
        CAN_ISOTP_OPTS: Flags, extended address and padding (can_isotp_options).
        CAN_ISOTP_RECV_FC: The flow control to send (can_isotp_fc_options).
        CAN_ISOTP_TX_STMIN: The minimum gap between sent frames, in nanoseconds.
        CAN_ISOTP_RX_STMIN: The minimum gap between received frames, in nanoseconds; earlier frames are dropped.
        CAN_ISOTP_LL_OPTS: The frames of the link layer (can_isotp_ll_options).`,
    },
    {
      about: 'A flag of can_isotp_options.',
      man: 'Documentation/networking/iso15765-2.rst',
      hex: true,
      names: `
        CAN_ISOTP_LISTEN_MODE CAN_ISOTP_EXTEND_ADDR CAN_ISOTP_TX_PADDING CAN_ISOTP_RX_PADDING CAN_ISOTP_CHK_PAD_LEN
        CAN_ISOTP_CHK_PAD_DATA CAN_ISOTP_HALF_DUPLEX CAN_ISOTP_FORCE_TXSTMIN CAN_ISOTP_FORCE_RXSTMIN
        CAN_ISOTP_RX_EXT_ADDR CAN_ISOTP_WAIT_TX_DONE CAN_ISOTP_SF_BROADCAST CAN_ISOTP_CF_BROADCAST
        CAN_ISOTP_DYN_FC_PARMS`,
    },
    {
      about: 'A default of ISO-TP.',
      man: 'Documentation/networking/iso15765-2.rst',
      names: `
        CAN_ISOTP_DEFAULT_FLAGS CAN_ISOTP_DEFAULT_EXT_ADDRESS CAN_ISOTP_DEFAULT_PAD_CONTENT
        CAN_ISOTP_DEFAULT_FRAME_TXTIME CAN_ISOTP_DEFAULT_RECV_BS CAN_ISOTP_DEFAULT_RECV_STMIN
        CAN_ISOTP_DEFAULT_RECV_WFTMAX CAN_ISOTP_DEFAULT_LL_MTU CAN_ISOTP_DEFAULT_LL_TX_DL CAN_ISOTP_DEFAULT_LL_TX_FLAGS
        CAN_ISOTP_FRAME_TXTIME_ZERO`,
    },
    {
      about: 'A limit or special value of J1939 addresses and parameter groups.',
      man: 'Documentation/networking/j1939.rst',
      names: `
        J1939_MAX_UNICAST_ADDR J1939_IDLE_ADDR
        J1939_NO_ADDR: No address, or a broadcast.
        J1939_NO_NAME: No NAME.
        J1939_PGN_REQUEST J1939_PGN_ADDRESS_CLAIMED J1939_PGN_ADDRESS_COMMANDED J1939_PGN_PDU1_MAX J1939_PGN_MAX
        J1939_NO_PGN: No parameter group.
        J1939_FILTER_MAX J1939_NLA_PAD J1939_NLA_BYTES_ACKED J1939_NLA_TOTAL_SIZE J1939_NLA_PGN J1939_NLA_SRC_NAME
        J1939_NLA_DEST_NAME J1939_NLA_SRC_ADDR J1939_NLA_DEST_ADDR J1939_EE_INFO_NONE J1939_EE_INFO_TX_ABORT
        J1939_EE_INFO_RX_RTS J1939_EE_INFO_RX_DPO J1939_EE_INFO_RX_ABORT`,
    },
    {
      about: 'A socket option of level SOL_CAN_J1939.',
      kind: 'option',
      man: 'Documentation/networking/j1939.rst',
      names: `
        SO_J1939_FILTER: The sources and parameter groups to receive (j1939_filter).
        SO_J1939_PROMISC: Receive the messages of other destinations too.
        SO_J1939_SEND_PRIO: The priority of sent messages.
        SO_J1939_ERRQUEUE: Report progress and failures in the error queue.`,
    },
    {
      about: 'A control message of level SOL_CAN_J1939.',
      man: 'Documentation/networking/j1939.rst',
      names: `
        SCM_J1939_DEST_ADDR: The address of the destination.
        SCM_J1939_DEST_NAME: The NAME of the destination.
        SCM_J1939_PRIO: The priority of the message.
        SCM_J1939_ERRQUEUE: Progress or failure of a transfer, as attributes.`,
    },
    {
      about: 'A constant of error frames.',
      man: 'Documentation/networking/can.rst',
      hex: true,
      headers: { linux: [...can_header, 'linux/can/error.h'] },
      names: `
        CAN_ERR_DLC CAN_ERR_TX_TIMEOUT CAN_ERR_LOSTARB CAN_ERR_CRTL CAN_ERR_PROT CAN_ERR_TRX CAN_ERR_ACK CAN_ERR_BUSOFF
        CAN_ERR_BUSERROR CAN_ERR_RESTARTED CAN_ERR_CNT CAN_ERR_LOSTARB_UNSPEC CAN_ERR_CRTL_UNSPEC CAN_ERR_CRTL_RX_OVERFLOW
        CAN_ERR_CRTL_TX_OVERFLOW CAN_ERR_CRTL_RX_WARNING CAN_ERR_CRTL_TX_WARNING CAN_ERR_CRTL_RX_PASSIVE
        CAN_ERR_CRTL_TX_PASSIVE CAN_ERR_CRTL_ACTIVE CAN_ERR_PROT_UNSPEC CAN_ERR_PROT_BIT CAN_ERR_PROT_FORM
        CAN_ERR_PROT_STUFF CAN_ERR_PROT_BIT0 CAN_ERR_PROT_BIT1 CAN_ERR_PROT_OVERLOAD CAN_ERR_PROT_ACTIVE CAN_ERR_PROT_TX`,
    },
    {
      about: 'The location of a protocol violation in a frame: data[3] of an error frame.',
      man: 'Documentation/networking/can.rst',
      hex: true,
      headers: { linux: [...can_header, 'linux/can/error.h'] },
      names: `
        CAN_ERR_PROT_LOC_UNSPEC CAN_ERR_PROT_LOC_SOF CAN_ERR_PROT_LOC_ID28_21 CAN_ERR_PROT_LOC_ID20_18
        CAN_ERR_PROT_LOC_SRTR CAN_ERR_PROT_LOC_IDE CAN_ERR_PROT_LOC_ID17_13 CAN_ERR_PROT_LOC_ID12_05
        CAN_ERR_PROT_LOC_ID04_00 CAN_ERR_PROT_LOC_RTR CAN_ERR_PROT_LOC_RES1 CAN_ERR_PROT_LOC_RES0 CAN_ERR_PROT_LOC_DLC
        CAN_ERR_PROT_LOC_DATA CAN_ERR_PROT_LOC_CRC_SEQ CAN_ERR_PROT_LOC_CRC_DEL CAN_ERR_PROT_LOC_ACK
        CAN_ERR_PROT_LOC_ACK_DEL CAN_ERR_PROT_LOC_EOF CAN_ERR_PROT_LOC_INTERM`,
    },
    {
      about: 'A fault of the transceiver: data[4] of an error frame.',
      man: 'Documentation/networking/can.rst',
      hex: true,
      headers: { linux: [...can_header, 'linux/can/error.h'] },
      names: `
        CAN_ERR_TRX_UNSPEC CAN_ERR_TRX_CANH_NO_WIRE CAN_ERR_TRX_CANH_SHORT_TO_BAT CAN_ERR_TRX_CANH_SHORT_TO_VCC
        CAN_ERR_TRX_CANH_SHORT_TO_GND CAN_ERR_TRX_CANL_NO_WIRE CAN_ERR_TRX_CANL_SHORT_TO_BAT
        CAN_ERR_TRX_CANL_SHORT_TO_VCC CAN_ERR_TRX_CANL_SHORT_TO_GND CAN_ERR_TRX_CANL_SHORT_TO_CANH`,
    },
    {
      about: 'The minimum error counter of this state.',
      man: 'Documentation/networking/can.rst',
      headers: { linux: [...can_header, 'linux/can/error.h'] },
      names: 'CAN_ERROR_WARNING_THRESHOLD CAN_ERROR_PASSIVE_THRESHOLD CAN_BUS_OFF_THRESHOLD',
    },
  ],
  structs: [
    {
      name: 'sockaddr_can',
      about: 'a CAN address: an interface, with the fields of ISO-TP or J1939.',
      fields: `
        can_family can_ifindex rx_id=can_addr.tp.rx_id tx_id=can_addr.tp.tx_id name=can_addr.j1939.name
        pgn=can_addr.j1939.pgn addr=can_addr.j1939.addr`,
    },
    { name: 'can_frame', about: 'a classic frame.', fields: 'can_id len __pad __res0 len8_dlc data+' },
    { name: 'canfd_frame', about: 'an FD frame.', fields: 'can_id len flags __res0 __res1 data+' },
    { name: 'canxl_frame', about: 'an XL frame.', fields: 'prio flags sdt len af data+' },
    { name: 'can_filter', about: 'one filter of CAN_RAW_FILTER.', fields: 'can_id can_mask' },
    {
      name: 'can_raw_vcid_options',
      about: 'the value of CAN_RAW_XL_VCID_OPTS.',
      fields: 'flags tx_vcid rx_vcid rx_vcid_mask',
    },
    {
      name: 'bcm_msg_head',
      about: 'the header of a Broadcast Manager message; the frames follow.',
      fields: `
        opcode flags count ival1_tv_sec=ival1.tv_sec ival1_tv_usec=ival1.tv_usec ival2_tv_sec=ival2.tv_sec
        ival2_tv_usec=ival2.tv_usec can_id nframes frames`,
    },
    {
      name: 'can_isotp_options',
      about: 'the value of CAN_ISOTP_OPTS.',
      fields: 'flags frame_txtime ext_address txpad_content rxpad_content rx_ext_address',
    },
    { name: 'can_isotp_fc_options', about: 'the value of CAN_ISOTP_RECV_FC.', fields: 'bs stmin wftmax' },
    { name: 'can_isotp_ll_options', about: 'the value of CAN_ISOTP_LL_OPTS.', fields: 'mtu tx_dl tx_flags' },
    {
      name: 'j1939_filter',
      about: 'one filter of SO_J1939_FILTER.',
      fields: 'name name_mask pgn pgn_mask addr addr_mask',
    },
  ],
};
