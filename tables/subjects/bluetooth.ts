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

/** The kernel publishes no headers of Bluetooth: these are BlueZ's (libbluetooth-dev). */
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
        BTPROTO_L2CAP: Logical links.
        BTPROTO_HCI: Commands and events of a controller.
        BTPROTO_SCO: Voice.
        BTPROTO_RFCOMM: Streams, as of a serial line.
        BTPROTO_BNEP: Networks; for ioctl() alone.
        BTPROTO_CMTP: CAPI messages; no longer in Linux.
        BTPROTO_HIDP: Keyboards and mice; for ioctl() alone.
        BTPROTO_AVDTP: Audio and video; Linux never had it.
        BTPROTO_ISO: Isochronous channels, for audio.`,
    },
    {
      about: 'A level of Bluetooth socket options.',
      kind: 'level',
      names: `
        SOL_HCI: The level of HCI_ options.
        SOL_L2CAP: The level of L2CAP_ options.
        SOL_SCO: The level of SCO_ options.
        SOL_RFCOMM: The level of RFCOMM_ options.
        SOL_SDP: The level of options of the service discovery protocol, for Windows.`,
    },
    {
      about: 'A socket option of level SOL_BLUETOOTH, or a value of one.',
      kind: 'option',
      only: `
      BT_SECURITY BT_DEFER_SETUP BT_FLUSHABLE BT_POWER BT_CHANNEL_POLICY BT_VOICE BT_SNDMTU BT_RCVMTU BT_PHY BT_MODE
      BT_PKT_STATUS BT_ISO_QOS BT_CODEC BT_ISO_BASE`,
      names: `
        BT_SECURITY: How safe the link has to be (bt_security), one of BT_SECURITY_.
        BT_SECURITY_SDP: For the service discovery protocol: none.
        BT_SECURITY_LOW: No encryption.
        BT_SECURITY_MEDIUM: Encryption.
        BT_SECURITY_HIGH: Encryption, and the peer is authenticated.
        BT_SECURITY_FIPS: As BT_SECURITY_HIGH, with the algorithms of FIPS.
        BT_DEFER_SETUP: The program says whether a connection that comes in is accepted.
        BT_FLUSHABLE: Whether packets may be dropped when they are late.
        BT_FLUSHABLE_OFF: Of BT_FLUSHABLE: no.
        BT_FLUSHABLE_ON: Of BT_FLUSHABLE: yes.
        BT_POWER: Whether sending ends the link’s sleep (bt_power).
        BT_POWER_FORCE_ACTIVE_OFF: Of BT_POWER: no.
        BT_POWER_FORCE_ACTIVE_ON: Of BT_POWER: yes.
        BT_CHANNEL_POLICY: Whether a second kind of controller is used; no longer in Linux.
        BT_CHANNEL_POLICY_BREDR_ONLY: Of BT_CHANNEL_POLICY: no.
        BT_CHANNEL_POLICY_BREDR_PREFERRED: Of BT_CHANNEL_POLICY: rather not.
        BT_CHANNEL_POLICY_AMP_PREFERRED: Of BT_CHANNEL_POLICY: if it can be.
        BT_VOICE: How voice is coded (bt_voice), one of BT_VOICE_.
        BT_VOICE_TRANSPARENT: As the program codes it.
        BT_VOICE_CVSD_16BIT: CVSD, from samples of 16 bits.
        BT_VOICE_TRANSPARENT_16BIT: As the program codes it, in words of 16 bits.
        BT_SNDMTU: The longest message to send; low energy alone.
        BT_RCVMTU: The longest message to receive; low energy alone.
        BT_PHY: The kinds of radio packet that the link may use, of BT_PHY_.
        BT_MODE: How the channel works, one of BT_MODE_.
        BT_MODE_BASIC: As it is.
        BT_MODE_ERTM: With retransmission.
        BT_MODE_STREAMING: Late packets are dropped.
        BT_MODE_LE_FLOWCTL: Low energy, with credits.
        BT_MODE_EXT_FLOWCTL: Low energy or classic, with credits.
        BT_PKT_STATUS: Receive how each packet of voice came through, as BT_SCM_PKT_STATUS.
        BT_SCM_PKT_STATUS: Control message: how a packet of voice came through.
        BT_ISO_QOS: Intervals and sizes of an isochronous channel (bt_iso_qos).
        BT_ISO_QOS_CIG_UNSET: Of BT_ISO_QOS: the kernel chooses the group.
        BT_ISO_QOS_CIS_UNSET: Of BT_ISO_QOS: the kernel chooses the stream.
        BT_ISO_QOS_BIG_UNSET: Of BT_ISO_QOS: the kernel chooses the group of a broadcast.
        BT_ISO_QOS_BIS_UNSET: Of BT_ISO_QOS: the kernel chooses the stream of a broadcast.
        BT_CODEC: The codecs that the controller has (bt_codecs).
        BT_ISO_BASE: What a broadcast says of itself.`,
    },
    {
      about: 'A kind of radio packet (BT_PHY): classic or low energy, megabits a second, slots or direction.',
      hex: true,
      names: `
        BT_PHY_BR_1M_1SLOT BT_PHY_BR_1M_3SLOT BT_PHY_BR_1M_5SLOT BT_PHY_EDR_2M_1SLOT BT_PHY_EDR_2M_3SLOT
        BT_PHY_EDR_2M_5SLOT BT_PHY_EDR_3M_1SLOT BT_PHY_EDR_3M_3SLOT BT_PHY_EDR_3M_5SLOT BT_PHY_LE_1M_TX BT_PHY_LE_1M_RX
        BT_PHY_LE_2M_TX BT_PHY_LE_2M_RX BT_PHY_LE_CODED_TX BT_PHY_LE_CODED_RX`,
    },
    {
      about: 'A state of a socket, as /proc/net/l2cap and its kin show it.',
      names: `
        BT_CONNECTED: Connected.
        BT_OPEN: Just made.
        BT_BOUND: Bound.
        BT_LISTEN: Waiting for connections.
        BT_CONNECT: Being connected by us.
        BT_CONNECT2: Being connected by the peer.
        BT_CONFIG: Agreeing on the channel.
        BT_DISCONN: Being closed.
        BT_CLOSED: Closed.`,
    },
    {
      about: 'A kind of device address.',
      names: `
        BDADDR_BREDR: Classic Bluetooth.
        BDADDR_LE_PUBLIC: Low energy, a public address.
        BDADDR_LE_RANDOM: Low energy, a random address.`,
    },
    ...hci,
    {
      about: 'A socket option of level SOL_L2CAP, or a value of one.',
      kind: 'option',
      only: 'L2CAP_OPTIONS L2CAP_CONNINFO L2CAP_LM',
      names: `
        L2CAP_OPTIONS: Sizes and mode of the channel (l2cap_options).
        L2CAP_CONNINFO: The link underneath (l2cap_conninfo); read only.
        L2CAP_LM: What the link has to be, of L2CAP_LM_; BT_SECURITY has taken its place.
        L2CAP_LM_MASTER: We are the central device.
        L2CAP_LM_AUTH: The peer is authenticated.
        L2CAP_LM_ENCRYPT: Encryption.
        L2CAP_LM_TRUSTED: The peer is trusted.
        L2CAP_LM_RELIABLE: Nothing is dropped.
        L2CAP_LM_SECURE: Authentication and encryption.
        L2CAP_MODE_BASIC: As it is.
        L2CAP_MODE_RETRANS: With retransmission, as it was first.
        L2CAP_MODE_FLOWCTL: With flow control.
        L2CAP_MODE_ERTM: With retransmission.
        L2CAP_MODE_STREAMING: Late packets are dropped.
        L2CAP_DEFAULT_MTU: The longest message where none was set.
        L2CAP_DEFAULT_FLUSH_TO: The flush timeout where none was set: never.`,
    },
    {
      about: 'Of the signals of L2CAP, as a raw socket sends and receives them.',
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
      about: 'The length of a signal of L2CAP, or of its head, in bytes.',
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
        RFCOMM_CONNINFO: The link underneath (rfcomm_conninfo); read only.
        RFCOMM_LM: What the link has to be, of RFCOMM_LM_; BT_SECURITY has taken its place.
        RFCOMM_LM_MASTER: We are the central device.
        RFCOMM_LM_AUTH: The peer is authenticated.
        RFCOMM_LM_ENCRYPT: Encryption.
        RFCOMM_LM_TRUSTED: The peer is trusted.
        RFCOMM_LM_RELIABLE: Nothing is dropped.
        RFCOMM_LM_SECURE: Authentication and encryption.
        RFCOMM_DEFAULT_MTU: The longest frame where none was agreed on.
        RFCOMM_PSM: The port of L2CAP that RFCOMM is at.`,
    },
    {
      about: 'A flag of a serial device over RFCOMM, by number, or their most.',
      names: 'RFCOMM_REUSE_DLC RFCOMM_RELEASE_ONHUP RFCOMM_HANGUP_NOW RFCOMM_TTY_ATTACHED RFCOMM_MAX_DEV',
    },
    {
      about: 'A socket option of level SOL_SCO, or a value of one.',
      kind: 'option',
      only: 'SCO_OPTIONS SCO_CONNINFO',
      names: `
        SCO_OPTIONS: The longest packet (sco_options); read only.
        SCO_CONNINFO: The link underneath (sco_conninfo); read only.
        SCO_DEFAULT_MTU: The longest packet where none was agreed on.
        SCO_DEFAULT_FLUSH_TO: The flush timeout where none was set: never.
        SCO_PTYPE_MASK: The kinds of packet that plain voice uses.`,
    },
    {
      about: 'A socket option of level SOL_RFCOMM of Windows.',
      kind: 'option',
      except: 'BT_PORT_ANY',
      headers: { linux: [] },
      names: `
        SO_BTH_AUTHENTICATE: The peer has to be authenticated.
        SO_BTH_ENCRYPT: The link has to be encrypted.
        SO_BTH_MTU: The longest packet.
        SO_BTH_MTU_MAX: The greatest bound of that.
        SO_BTH_MTU_MIN: The least bound of that.
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
