import type { Subject } from '../subject.js';
import { hci } from './hci.js';

const linux = [
  'sys/socket.h',
  'bluetooth/bluetooth.h',
  'bluetooth/hci.h',
  'bluetooth/l2cap.h',
  'bluetooth/rfcomm.h',
  'bluetooth/sco.h',
];

/** The kernel does not publish its Bluetooth headers. These are BlueZ's (libbluetooth-dev). */
export const bluetooth: Subject = {
  name: 'bluetooth',
  constants: 'src/families/bluetooth/constants.ts',
  layout: 'src/families/bluetooth/layout.ts',
  headers: { linux, win32: ['winsock2.h', 'ws2bth.h'] },
  groups: [
    {
      about: 'The Bluetooth family.',
      family: 'bluetooth',
      headers: {
        win32: ['winsock2.h', 'ws2bth.h', '#define AF_BLUETOOTH AF_BTH', '#define PF_BLUETOOTH PF_BTH'],
      },
      names: `
        AF_BLUETOOTH: The Bluetooth family; AF_BTH on Windows.
        PF_BLUETOOTH: The same number as AF_BLUETOOTH.`,
    },
    {
      about: 'A Bluetooth protocol, the third argument of `new Socket`.',
      kind: 'protocol',
      headers: {
        win32: [
          'winsock2.h',
          'ws2bth.h',
          '#define BTPROTO_RFCOMM BTHPROTO_RFCOMM',
          '#define BTPROTO_L2CAP BTHPROTO_L2CAP',
        ],
      },
      names: `
        BTPROTO_L2CAP: L2CAP: logical links.
        BTPROTO_HCI: HCI: commands and events of a controller.
        BTPROTO_SCO: SCO: voice.
        BTPROTO_RFCOMM: RFCOMM: streams that emulate a serial line.
        BTPROTO_BNEP: BNEP: networks; only for ioctl().
        BTPROTO_CMTP: CMTP: CAPI messages; removed from Linux.
        BTPROTO_HIDP: HIDP: keyboards and mice; only for ioctl().
        BTPROTO_AVDTP: AVDTP: audio and video; not in Linux.
        BTPROTO_ISO: ISO: isochronous channels for audio.`,
    },
    {
      about: 'A level of Bluetooth socket options.',
      kind: 'level',
      names: `
        SOL_HCI: The level of HCI_ options.
        SOL_L2CAP: The level of L2CAP_ options.
        SOL_SCO: The level of SCO_ options.
        SOL_RFCOMM: The level of RFCOMM_ options.
        SOL_SDP: The level of options of the service discovery protocol, on Windows.`,
    },
    {
      about: 'A socket option of level SOL_BLUETOOTH, or a value of one.',
      kind: 'option',
      only: `
      BT_SECURITY BT_DEFER_SETUP BT_FLUSHABLE BT_POWER BT_CHANNEL_POLICY BT_VOICE BT_SNDMTU BT_RCVMTU BT_PHY BT_MODE
      BT_PKT_STATUS BT_ISO_QOS BT_CODEC BT_ISO_BASE`,
      names: `
        BT_SECURITY: The required security of the link (bt_security), one of the BT_SECURITY_ constants.
        BT_SECURITY_SDP: No security, for the service discovery protocol.
        BT_SECURITY_LOW: No encryption.
        BT_SECURITY_MEDIUM: Encryption is required.
        BT_SECURITY_HIGH: Encryption and authentication of the peer are required.
        BT_SECURITY_FIPS: BT_SECURITY_HIGH with the algorithms of FIPS.
        BT_DEFER_SETUP: Let the program decide whether to accept an incoming connection.
        BT_FLUSHABLE: Whether the controller can drop packets that are late.
        BT_FLUSHABLE_OFF: BT_FLUSHABLE value: packets are not dropped.
        BT_FLUSHABLE_ON: BT_FLUSHABLE value: packets can be dropped.
        BT_POWER: Whether sending wakes the link from its low-power mode (bt_power).
        BT_POWER_FORCE_ACTIVE_OFF: BT_POWER value: sending does not wake the link.
        BT_POWER_FORCE_ACTIVE_ON: BT_POWER value: sending wakes the link.
        BT_CHANNEL_POLICY: Whether to use a second type of controller; removed from Linux.
        BT_CHANNEL_POLICY_BREDR_ONLY: BT_CHANNEL_POLICY value: only the BR/EDR controller.
        BT_CHANNEL_POLICY_BREDR_PREFERRED: BT_CHANNEL_POLICY value: preferably the BR/EDR controller.
        BT_CHANNEL_POLICY_AMP_PREFERRED: BT_CHANNEL_POLICY value: preferably the AMP controller.
        BT_VOICE: The encoding of voice (bt_voice), one of the BT_VOICE_ constants.
        BT_VOICE_TRANSPARENT: The program encodes the voice data.
        BT_VOICE_CVSD_16BIT: The voice data is CVSD with 16-bit samples.
        BT_VOICE_TRANSPARENT_16BIT: The program encodes the voice data, in 16-bit words.
        BT_SNDMTU: The maximum size of a message to send; only for low energy.
        BT_RCVMTU: The maximum size of a message to receive; only for low energy.
        BT_PHY: The radio packet types that the link can use, a mask of BT_PHY_ constants.
        BT_MODE: The mode of the channel, one of the BT_MODE_ constants.
        BT_MODE_BASIC: Basic mode.
        BT_MODE_ERTM: Enhanced retransmission mode.
        BT_MODE_STREAMING: Streaming mode: late packets are dropped.
        BT_MODE_LE_FLOWCTL: Credit-based flow control, for low energy.
        BT_MODE_EXT_FLOWCTL: Credit-based flow control, for low energy and BR/EDR.
        BT_PKT_STATUS: Receive the status of each voice packet, as BT_SCM_PKT_STATUS.
        BT_SCM_PKT_STATUS: Control message: the status of a voice packet.
        BT_ISO_QOS: The intervals and sizes of an isochronous channel (bt_iso_qos).
        BT_ISO_QOS_CIG_UNSET: BT_ISO_QOS value: the kernel chooses the group.
        BT_ISO_QOS_CIS_UNSET: BT_ISO_QOS value: the kernel chooses the stream.
        BT_ISO_QOS_BIG_UNSET: BT_ISO_QOS value: the kernel chooses the broadcast group.
        BT_ISO_QOS_BIS_UNSET: BT_ISO_QOS value: the kernel chooses the broadcast stream.
        BT_CODEC: The codecs of the controller (bt_codecs).
        BT_ISO_BASE: The announcement (BASE) of an isochronous broadcast.`,
    },
    {
      about: 'A radio packet type (BT_PHY): BR/EDR or low energy, megabits per second, slots or direction.',
      hex: true,
      names: `
        BT_PHY_BR_1M_1SLOT BT_PHY_BR_1M_3SLOT BT_PHY_BR_1M_5SLOT BT_PHY_EDR_2M_1SLOT BT_PHY_EDR_2M_3SLOT
        BT_PHY_EDR_2M_5SLOT BT_PHY_EDR_3M_1SLOT BT_PHY_EDR_3M_3SLOT BT_PHY_EDR_3M_5SLOT BT_PHY_LE_1M_TX BT_PHY_LE_1M_RX
        BT_PHY_LE_2M_TX BT_PHY_LE_2M_RX BT_PHY_LE_CODED_TX BT_PHY_LE_CODED_RX`,
    },
    {
      about: 'A state of a socket, as in /proc/net/l2cap.',
      names: `
        BT_CONNECTED: The socket is connected.
        BT_OPEN: The socket was created.
        BT_BOUND: The socket is bound.
        BT_LISTEN: The socket is listening.
        BT_CONNECT: The socket is connecting.
        BT_CONNECT2: The peer is connecting.
        BT_CONFIG: The channel is being configured.
        BT_DISCONN: The socket is disconnecting.
        BT_CLOSED: The socket is closed.`,
    },
    {
      about: 'A type of device address.',
      names: `
        BDADDR_BREDR: A BR/EDR address.
        BDADDR_LE_PUBLIC: A public low-energy address.
        BDADDR_LE_RANDOM: A random low-energy address.`,
    },
    ...hci,
    {
      about: 'A socket option of level SOL_L2CAP, or a value of one.',
      kind: 'option',
      only: 'L2CAP_OPTIONS L2CAP_CONNINFO L2CAP_LM',
      names: `
        L2CAP_OPTIONS: The sizes and the mode of the channel (l2cap_options).
        L2CAP_CONNINFO: The underlying link (l2cap_conninfo); read-only.
        L2CAP_LM: The requirements for the link, a mask of L2CAP_LM_ constants; replaced by BT_SECURITY.
        L2CAP_LM_MASTER: This device must be the central device.
        L2CAP_LM_AUTH: The peer must be authenticated.
        L2CAP_LM_ENCRYPT: The link must be encrypted.
        L2CAP_LM_TRUSTED: The peer must be trusted.
        L2CAP_LM_RELIABLE: The link must be reliable: no packet is dropped.
        L2CAP_LM_SECURE: The link must be authenticated and encrypted.
        L2CAP_MODE_BASIC: Basic mode.
        L2CAP_MODE_RETRANS: Retransmission mode.
        L2CAP_MODE_FLOWCTL: Flow control mode.
        L2CAP_MODE_ERTM: Enhanced retransmission mode.
        L2CAP_MODE_STREAMING: Streaming mode: late packets are dropped.
        L2CAP_DEFAULT_MTU: The default maximum size of a message.
        L2CAP_DEFAULT_FLUSH_TO: The default flush timeout: never.`,
    },
    {
      about: 'A constant of L2CAP signals, which raw sockets send and receive.',
      hex: true,
      names: `
        L2CAP_COMMAND_REJ L2CAP_CONN_REQ L2CAP_CONN_RSP L2CAP_CONF_REQ L2CAP_CONF_RSP L2CAP_DISCONN_REQ L2CAP_DISCONN_RSP
        L2CAP_ECHO_REQ L2CAP_ECHO_RSP L2CAP_INFO_REQ L2CAP_INFO_RSP L2CAP_CREATE_REQ L2CAP_CREATE_RSP L2CAP_MOVE_REQ
        L2CAP_MOVE_RSP L2CAP_MOVE_CFM L2CAP_MOVE_CFM_RSP L2CAP_FEAT_FLOWCTL L2CAP_FEAT_RETRANS L2CAP_FEAT_BIDIR_QOS
        L2CAP_FEAT_ERTM L2CAP_FEAT_STREAMING L2CAP_FEAT_FCS L2CAP_FEAT_EXT_FLOW L2CAP_FEAT_FIXED_CHAN
        L2CAP_FEAT_EXT_WINDOW L2CAP_FEAT_UCD L2CAP_FC_L2CAP L2CAP_FC_CONNLESS L2CAP_FC_A2MP L2CAP_CR_SUCCESS
        L2CAP_CR_PEND L2CAP_CR_BAD_PSM L2CAP_CR_SEC_BLOCK L2CAP_CR_NO_MEM L2CAP_CS_NO_INFO L2CAP_CS_AUTHEN_PEND
        L2CAP_CS_AUTHOR_PEND L2CAP_CONF_SUCCESS L2CAP_CONF_UNACCEPT L2CAP_CONF_REJECT L2CAP_CONF_UNKNOWN
        L2CAP_CONF_PENDING L2CAP_CONF_EFS_REJECT L2CAP_CONF_MTU L2CAP_CONF_FLUSH_TO L2CAP_CONF_QOS L2CAP_CONF_RFC
        L2CAP_CONF_FCS L2CAP_CONF_EFS L2CAP_CONF_EWS L2CAP_CONF_MAX_SIZE L2CAP_SERVTYPE_NOTRAFFIC
        L2CAP_SERVTYPE_BESTEFFORT L2CAP_SERVTYPE_GUARANTEED L2CAP_IT_CL_MTU L2CAP_IT_FEAT_MASK L2CAP_IR_SUCCESS
        L2CAP_IR_NOTSUPP`,
    },
    {
      about: 'The length of an L2CAP signal or of its header, in bytes.',
      names: `
        L2CAP_HDR_SIZE L2CAP_CMD_HDR_SIZE L2CAP_CMD_REJ_SIZE L2CAP_CONN_REQ_SIZE L2CAP_CONN_RSP_SIZE L2CAP_CONF_REQ_SIZE
        L2CAP_CONF_RSP_SIZE L2CAP_CONF_OPT_SIZE L2CAP_DISCONN_REQ_SIZE L2CAP_DISCONN_RSP_SIZE L2CAP_INFO_REQ_SIZE
        L2CAP_INFO_RSP_SIZE L2CAP_CREATE_REQ_SIZE L2CAP_CREATE_RSP_SIZE L2CAP_MOVE_REQ_SIZE L2CAP_MOVE_RSP_SIZE
        L2CAP_MOVE_CFM_SIZE L2CAP_MOVE_CFM_RSP_SIZE`,
    },
    {
      about: 'A socket option of level SOL_RFCOMM, or a value of one.',
      kind: 'option',
      only: 'RFCOMM_CONNINFO RFCOMM_LM',
      names: `
        RFCOMM_CONNINFO: The underlying link (rfcomm_conninfo); read-only.
        RFCOMM_LM: The requirements for the link, a mask of RFCOMM_LM_ constants; replaced by BT_SECURITY.
        RFCOMM_LM_MASTER: This device must be the central device.
        RFCOMM_LM_AUTH: The peer must be authenticated.
        RFCOMM_LM_ENCRYPT: The link must be encrypted.
        RFCOMM_LM_TRUSTED: The peer must be trusted.
        RFCOMM_LM_RELIABLE: The link must be reliable: no packet is dropped.
        RFCOMM_LM_SECURE: The link must be authenticated and encrypted.
        RFCOMM_DEFAULT_MTU: The default maximum size of a frame.
        RFCOMM_PSM: The L2CAP port (PSM) of RFCOMM.`,
    },
    {
      about: 'A flag number of a serial device over RFCOMM, or the maximum number of devices.',
      names: 'RFCOMM_REUSE_DLC RFCOMM_RELEASE_ONHUP RFCOMM_HANGUP_NOW RFCOMM_TTY_ATTACHED RFCOMM_MAX_DEV',
    },
    {
      about: 'A socket option of level SOL_SCO, or a value of one.',
      kind: 'option',
      only: 'SCO_OPTIONS SCO_CONNINFO',
      names: `
        SCO_OPTIONS: The maximum packet size (sco_options); read-only.
        SCO_CONNINFO: The underlying link (sco_conninfo); read-only.
        SCO_DEFAULT_MTU: The default maximum packet size.
        SCO_DEFAULT_FLUSH_TO: The default flush timeout: never.
        SCO_PTYPE_MASK: The packet types of SCO links.`,
    },
    {
      about: 'A Windows socket option of level SOL_RFCOMM.',
      kind: 'option',
      except: 'BT_PORT_ANY',
      headers: { linux: [] },
      names: `
        SO_BTH_AUTHENTICATE: Require authentication of the peer.
        SO_BTH_ENCRYPT: Require encryption of the link.
        SO_BTH_MTU: The maximum packet size.
        SO_BTH_MTU_MAX: The upper limit of SO_BTH_MTU.
        SO_BTH_MTU_MIN: The lower limit of SO_BTH_MTU.
        BT_PORT_ANY: Any channel, for bind().`,
    },
  ],
  strings: [
    {
      name: 'BDADDR_ANY',
      about: 'Any device: all zeros. `bluetooth/bluetooth.h`',
      value: '00:00:00:00:00:00',
    },
    {
      name: 'BDADDR_ALL',
      about: 'All devices: all ones. `bluetooth/bluetooth.h`',
      value: 'FF:FF:FF:FF:FF:FF',
    },
    {
      name: 'BDADDR_LOCAL',
      about: 'This device itself. `bluetooth/bluetooth.h`',
      value: '00:00:00:FF:FF:FF',
    },
  ],
  structs: [
    {
      name: 'sockaddr_l2',
      about: 'an L2CAP address.',
      fields: 'l2_family l2_psm l2_bdaddr+ l2_cid l2_bdaddr_type',
    },
    { name: 'sockaddr_rc', about: 'an RFCOMM address.', fields: 'rc_family rc_bdaddr+ rc_channel' },
    { name: 'sockaddr_hci', about: 'an HCI address.', fields: 'hci_family hci_dev hci_channel' },
    { name: 'sockaddr_sco', about: 'an SCO address.', fields: 'sco_family sco_bdaddr+' },
    { name: 'bt_security', about: 'the value of BT_SECURITY.', fields: 'level key_size' },
    { name: 'bt_power', about: 'the value of BT_POWER.', fields: 'force_active' },
    { name: 'bt_voice', about: 'the value of BT_VOICE.', fields: 'setting' },
    {
      name: 'l2cap_options',
      about: 'the value of L2CAP_OPTIONS.',
      fields: 'omtu imtu flush_to mode fcs max_tx txwin_size',
    },
    { name: 'l2cap_conninfo', about: 'the value of L2CAP_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'rfcomm_conninfo', about: 'the value of RFCOMM_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'sco_options', about: 'the value of SCO_OPTIONS.', fields: 'mtu' },
    { name: 'sco_conninfo', about: 'the value of SCO_CONNINFO.', fields: 'hci_handle dev_class+' },
    { name: 'hci_filter', about: 'the value of HCI_FILTER.', fields: 'type_mask event_mask+ opcode' },
  ],
};
